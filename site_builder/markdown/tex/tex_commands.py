r"""The commands and environments of TeX that people use most: a misspelled one is compared with them."""

from typing import Final

TEX_ENVIRONMENTS: Final = frozenset(
    """align align* aligned array bmatrix cases equation equation* gather gather* gathered matrix multline pmatrix split
    vmatrix""".split()
)
TEX_COMMANDS: Final = frozenset(
    rf"\{name}"
    for name in """
    alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi
    varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
    frac dfrac tfrac binom sqrt sum prod int iint oint lim max min sup inf arg log ln exp sin cos tan tanh det dim ker
    gcd mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt boldsymbol operatorname text textbf textit
    hat bar tilde vec dot ddot check overline underline widehat widetilde overset underset stackrel overbrace underbrace
    left right middle big Big bigg Bigg langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert
    le leq ge geq ne neq approx sim simeq cong equiv propto ll gg pm mp times div cdot ast circ bullet oplus otimes
    in notin subset subseteq supset supseteq cup cap setminus emptyset varnothing forall exists neg land lor wedge vee
    to rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow iff implies mapsto uparrow downarrow
    longrightarrow xrightarrow xleftarrow infty partial nabla hbar ell Re Im aleph angle degree prime perp parallel mid
    ldots cdots vdots ddots dots quad qquad displaystyle limits substack tag label eqref phantom boxed cancel color
    textcolor begin end mod bmod pmod therefore because top bot dagger star
    """.split()
)
