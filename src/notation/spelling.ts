/**
 * What learners type → what mathjs reads: Unicode, TeX, numpy and pencil-and-paper spellings become
 * one plain spelling. It replaces signs and words and decides nothing about meaning: names are
 * resolved in compare.ts, structure is read by mathjs.
 */

import { sumsCalled } from './sums.js';

const functions: Readonly<Record<string, string>> = {
  ...{ σ: 'sigmoid', sigma: 'sigmoid', sigmoid: 'sigmoid', sigm: 'sigmoid', logistic: 'sigmoid' },
  ...{ sig: 'sigmoid', expit: 'sigmoid', softplus: 'softplus' },
  ...{ dot: 'dot', matmul: 'dot', inner: 'dot', vdot: 'dot', sum: 'sum' },
  ...{ tanh: 'tanh', th: 'tanh', exp: 'exp', log: 'log', ln: 'log', sqrt: 'sqrt', log1p: 'log1p' },
  ...{ log2: 'log2', log_2: 'log2', log10: 'log10', log_10: 'log10' },
  ...{ pow: 'pow', power: 'pow', square: 'square' },
  ...{ cosh: 'cosh', sinh: 'sinh', sech: 'sech', diag: 'diag', transpose: 'transpose' },
  ...{ hadamard: 'hadamard', multiply: 'hadamard', mul: 'hadamard', outer: 'outer', ger: 'outer' },
  ...{ concat: 'concat', concatenate: 'concat', cat: 'concat', hstack: 'concat', vstack: 'concat' },
  ...{ softmax: 'softmax', max: 'max', maximum: 'max' },
};
/** `Tanh` and `SIGMOID` are what tanh and sigmoid are. */
const named = (fn: string): string => functions[fn.toLowerCase()]!;
const word = `(${Object.keys(functions).join('|')})`;
const start = '(?<![\\p{L}\\p{N}_])';

const subscripts: Readonly<Record<string, string>> = {
  ...{ ₐ: 'a', ₑ: 'e', ₕ: 'h', ᵢ: 'i', ₖ: 'k', ₙ: 'n', ₒ: 'o', ᵣ: 'r', ₜ: 't', ₓ: 'x' },
  ...{ '₀': '0', '₁': '1', '₂': '2', '₋': '-', '₊': '+' },
};
const subscriptRun = new RegExp(`[${Object.keys(subscripts).join('')}]+`, 'gu');

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (run: string): string =>
  run.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/gu, (digit) => String(superscripts.indexOf(digit))).replace('⁻', '-');

/** [what, with]; in this order. */
type Rule = readonly [RegExp, string | ((...groups: string[]) => string)];

const signs: readonly Rule[] = [
  [/[\u200b-\u200d\u2060-\u2064\ufeff]/gu, ''],
  [/\s+/gu, ' '],
  [/[−–—‐‑]/gu, '-'],
  [/[×·⋅∙•∗]/gu, '*'],
  [/\*\*/gu, '^'],
  [/[⊙⨀∘◦]/gu, ' .* '],
  [/√/gu, ' sqrt '],
  [/÷/gu, '/'],
  [/[′’ʹ]/gu, "'"],
  [/[ᵀ⊤]/gu, "'"],
  [/[∂]/gu, 'd'],
  // h→ and h←, the two halves of a bidirectional layer; any other arrow is an assignment.
  [/(?<![\p{L}])(d?[hx])→/gu, '$1Forward'],
  [/(?<![\p{L}])(d?[hx])↔/gu, '$1Both'],
  [/(?<![\p{L}])(d?[hx])←(?= ?([,;\])+]|$))/gu, '$1Backward'],
  [/(:=|==|←|≔)/gu, '='],
  [/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/gu, (run) => (run.startsWith('⁻') ? `^(${raised(run)})` : `^${raised(run)}`)],
];

const tex: readonly Rule[] = [
  [/^ ?\$+|\$+ ?$/gu, ''],
  [/\\(left|right|big|Big|[,;!:>])/gu, ' '],
  [/(?<![\p{L}\p{N}_])d ?\\(tilde|hat|bar|widetilde|overline) ?\{? ?(\p{L}) ?\}?/gu, 'd$2Tilde'],
  [/\\(tilde|hat|bar|widetilde|overline) ?\{? ?(\p{L}) ?\}?/gu, ' $2Tilde'],
  [/\\(mathrm|mathbf|operatorname|text|mathsf|boldsymbol) ?\{([^{}]*)\}/gu, '$2'],
  [/\\overrightarrow ?\{ ?(\p{L}+) ?\}/gu, '$1Forward'],
  [/\\overleftarrow ?\{ ?(\p{L}+) ?\}/gu, '$1Backward'],
  [/\\overleftrightarrow ?\{ ?(\p{L}+) ?\}/gu, '$1Both'],
  [/\\(odot|circ)(?![a-z])/gu, ' .* '],
  [/\\(cdot|times|ast)(?![a-z])/gu, ' * '],
  [/\\top(?![a-z])/gu, 'T'],
  [/\\partial(?![a-z])/gu, 'd'],
  [/\\(theta|mu|beta|delta|(?:var)?epsilon)(?![a-z])/gu, '$1'],
  [/\\(sigma|tanh|exp|log|ln|sqrt|cosh|sinh)(?![a-z])/gu, ' $1'],
];

/** `h_{t-1}`, `h₋`, `h_t-1`, `h[t-1]` → hPrev; `h_t`, `h[t]` → h; `W_{f}` → W_f; `c̃` → cTilde. */
const names: readonly Rule[] = [
  [/(\p{L})[\u0303\u0302\u0304]/gu, '$1Tilde'],
  [/(?<![\p{L}\p{N}_])(\p{L})t?~/gu, '$1Tilde'],
  [subscriptRun, (run) => `_{${Array.from(run, (one) => subscripts[one]!).join('')}}`],
  [/_? ?\{([^{}]*)\}(?= ?_ ?\{)/gu, '_{$1}'],
  // W_{hh}h is a product: what follows the brace is another name.
  [/_ ?\{([^{}]*)\}(?=\p{L})/gu, (_, inner) => `${subscript(inner)} `],
  [/_ ?\{([^{}]*)\}/gu, (_, inner) => subscript(inner)],
  [/(?<![\p{L}\p{N}_])(d?[hc])_?t ?- ?1(?![\p{L}\p{N}_.])/gu, '$1Prev'],
  [/(?<![\p{L}\p{N}_])(d?[hc])_?t ?\+ ?1(?![\p{L}\p{N}_.])/gu, '$1Next'],
  // The time step, h^{(t-1)}, beside a state; beside anything else it is an exponent.
  [/(?<![\p{L}\p{N}_])(d?[hc]) ?\^ ?\{? ?[(<] ?t ?- ?1 ?[)>] ?\}?/gu, '$1Prev'],
  [/(?<![\p{L}\p{N}_])([xhcfiozry]) ?\^ ?\{? ?[(<] ?t ?[)>] ?\}?/gu, '$1'],
  [/(?<=[\p{L}\p{N}_])_?[[(<] ?t ?- ?1 ?[\])>]/gu, 'Prev'],
  [/(?<=[\p{L}\p{N}_])_?[[(<] ?t ?\+ ?1 ?[\])>]/gu, 'Next'],
  [/(?<=[\p{L}\p{N}])[[(] ?t ?[\])]/gu, ''],
  [/_t(?![\p{L}\p{N}_])/gu, ''],
  [/(?<![\p{L}\p{N}_])(np|numpy|torch|math|nn|F|jnp)\.(?=\p{L})/gu, ''],
  [/(?<![\p{L}\p{N}_])dL ?\/ ?d ?(?=\p{L})/gu, 'd'],
  [/(?<![\p{L}\p{N}_])d ?\[ ?h\w* ?[,;] ?x\w* ?\]/gu, 'dhx'],
];

function subscript(inner: string): string {
  const plain = inner.replaceAll(' ', '').replace(/,t$/u, '');
  if (plain === 't' || plain === '') return '';
  if (plain === 't-1' || plain === '-' || plain === 'prev') return 'Prev';
  if (plain === 't+1' || plain === '+' || plain === 'next') return 'Next';
  if (plain.includes(':')) return `[${plain}]`;
  return /^[\p{L}\p{N}]+$/u.test(plain) ? `_${plain}` : ` {${plain}}`;
}

const powers: readonly Rule[] = [
  [/\.transpose\([-\d, ]*\)/gu, "'"],
  [/(\^ ?\( ?[T⊤] ?\)|\^ ?[T⊤]|\^ ?\{ ?[T⊤] ?\}|\.m?T|\.t\(\))(?![\p{L}\p{N}_])/gu, "'"],
  // Along which axis: of a vector there is one.
  [/(?:, ?|(?<=\())(?:dim|axis|keepdims?) ?= ?(?:-?\d|True|False)(?=[ ,)])/gu, ''],
  [/\^ ?\{ ?'+ ?\}|\^ ?'/gu, "'"],
  [/\^ ?\{([^{}]*)\}/gu, '^($1)'],
  [/(\\?sqrt) ?\{([^{}]*)\}/gu, ' sqrt($2)'],
  [/\\[dt]?frac ?\{([^{}]*)\} ?\{([^{}]*)\}/gu, ' (($1)/($2)) '],
  [/([\p{L}_][\p{L}\p{N}_]*'?)\.dot ?\(/gu, 'dot($1, '],
  [
    new RegExp(`${start}${word} ?\\^ ?\\(? ?2 ?\\)? ?(?=[(\\p{L}])`, 'giu'),
    (_, fn) => ` ${named(fn)}Squared `,
  ],
  [new RegExp(`${start}${word} ?' ?(?=\\()`, 'giu'), (_, fn) => ` ${named(fn)}Prime `],
  [new RegExp(`${start}${word}(?![\\p{L}\\p{N}_])`, 'giu'), (_, fn) => named(fn)],
];

const called =
  '(\\p{L}*(?:Squared|Prime)|' + [...new Set(Object.values(functions))].join('|') + ')';

/** `tanh c` → tanh(c); `W [h, x]`, `o (1 - o)`, `Wᵀ da` get the product sign that they leave out. */
const juxtaposed: readonly Rule[] = [
  // np.concatenate((h, x)) has a tuple.
  [/(?<![\p{L}\p{N}_])concat\( ?\(((?:[^()]|\([^()]*\))*)\)/gu, 'concat([$1]'],
  [new RegExp(`${start}${called} +([\\p{L}][\\p{L}\\p{N}_]*)(?! *\\()`, 'gu'), '$1($2)'],
  [/\[ ?([\p{L}_][\p{L}\p{N}_]*) ([\p{L}_][\p{L}\p{N}_]*) ?\]/gu, '[$1, $2]'],
  [/([\p{L}\p{N}_)\]'.]) ?\[(?![^[\]]*:)/gu, (all, left) => (left === '.' ? all : `${left} * [`)],
  [
    /(?<![\p{L}_])(\p{L}[\p{L}\p{N}_]*) ?\(/gu,
    (_, name) => (new RegExp(`^${called}$`, 'u').test(name) ? `${name}(` : `${name} * (`),
  ],
  [/' ?(?=[\p{L}([])/gu, "' * "],
  // numpy's matrix product, as the word that mathjs binds like a product.
  [/@/gu, ' mod '],
];

const apply = (text: string, rules: readonly Rule[]): string =>
  rules.reduce(
    (now, [what, by]) => (typeof by === 'string' ? now.replace(what, by) : now.replace(what, by)),
    text,
  );

/** The same answer with · as the inner product of vectors, which it is as often as the one by elements. */
export const innerProducts = (typed: string): string =>
  typed.replace(/[·⋅∙•]|\\cdot(?![a-z])/gu, '@');

/** The plain spelling of an answer. */
export const plainSpelling = (typed: string): string =>
  [signs, tex, names, powers, juxtaposed].reduce(apply, sumsCalled(typed.normalize('NFD'))).trim();

/** Signs left over that mathjs would stumble over, in a form that is safe to print; at most five. */
export const strangeSigns = (plain: string): string[] =>
  [...new Set(plain.match(/[^\p{L}\p{N}\s_+\-*/^.'()[\],;:=]/gu) ?? [])]
    .filter((sign) => /[\p{P}\p{S}]/u.test(sign))
    .slice(0, 5);
