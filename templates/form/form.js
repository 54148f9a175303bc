// The browser form: starts Sveltia CMS with the configuration of this site.
import CMS from "./sveltia-cms/npm/index.js";
import { load } from "./js-yaml/dist/browser/js-yaml.esm.min.js";
import { format } from "./documents.js";

const start = async () => {
  const answer = await fetch("config.yml");
  if (!answer.ok) throw new Error(`config.yml could not be read: ${answer.status}`);
  const { site_builder: ours, ...config } = load(await answer.text());
  for (const collection of config.collections)
    CMS.registerCustomFormat(collection.format, "md", format(collection, ours));
  await CMS.init({ config: { ...config, load_config_file: false } });
};

start().catch((error) => {
  document.body.textContent = `The form could not be started. ${error.message}`;
});
