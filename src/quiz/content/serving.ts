/** Cards about serving long texts to many: positions past training, what a cache keeps, shares and drops, drafts. */
import { card, type Card } from '../card.js';
import { generator, oneOf, wholeFrom, type Generator } from '../generator.js';
import { drawnNumber } from './drawn-number.js';

const rope = { base: 10_000, d: 128, T: 4096 };
/** Angle per position of the slowest pair, the last of d/2. */
const slowest = rope.base ** (-(rope.d - 2) / rope.d);
/** DeepSeek-V2. */
const latent = { layers: 60, heads: 128, headSize: 128, latent: 512, rope: 64, bytes: 2 };
const latentBytes = (latent.latent + latent.rope) * latent.layers * latent.bytes;
const fullBytes = 2 * latent.heads * latent.headSize * latent.layers * latent.bytes;
const page = 16;

export const servingCards: readonly Card[] = [
  card.number('attention.rope.turn', {
    topic: 'attention',
    level: 3,
    ask: `RoPE turns pair j = 0 … ${rope.d / 2 - 1} of a head of size ${rope.d} by ${rope.base}^(-2j/${rope.d}) radians per position. A model was trained on ${rope.T} positions. Which part of a full turn has its slowest pair made by then?`,
    answer: () => (rope.T * slowest) / (2 * Math.PI),
    tolerance: 0.02,
    wrong: [
      { is: () => rope.T * slowest, because: 'That is the angle in radians; a turn has 2π.' },
      {
        is: () => rope.T / (2 * Math.PI),
        because: 'That many turns are made by the fastest pair, j = 0.',
      },
      {
        is: () => rope.T / rope.base / (2 * Math.PI),
        because: `The last j is ${rope.d / 2 - 1}: its exponent is not quite -1.`,
      },
    ],
    explain:
      'Past the trained length such pairs come to angles that no score was trained on, and quality breaks down. So positions are squeezed (Chen and others 2023), pair by pair in YaRN, or the base is raised, with some training.',
    hint: 'Which j turns the slowest?',
  }),
  card.choice('attention.alibi.length', {
    topic: 'attention',
    level: 3,
    ask: 'ALiBi subtracts m·distance from each score. On a text of eight times the trained length its perplexity stays low, but a number from the beginning is not found. Why?',
    answer: 'Its bias has faded what is far: the text is read through a soft window.',
    wrong: [
      {
        is: 'Distances above the trained length have no bias of their own.',
        because: 'A line goes on: that is why it does not break down.',
      },
      {
        is: 'ALiBi numbers positions from the start, and the first numbers are used up.',
        because: 'It knows distances only, and none of them is used up.',
      },
      {
        is: 'A low perplexity on a long text means that everything in it was read.',
        because: 'Most words can be told from those just before them.',
      },
    ],
    explain:
      'The gentlest usual slope is 1/256: 4,096 positions back is a factor of e^-16 (Press and others 2022). Reading on and recalling are two tests.',
    hint: 'What is e^(-m·distance) far away?',
  }),
  card.choice('attention.sinks', {
    topic: 'attention',
    level: 3,
    katas: ['stable-softmax'],
    ask: 'A model trained on texts of 4,096 tokens keeps only the last 1,024 in its cache, positions counted within it. All goes well until the first token drops out; then the text turns to noise. Why?',
    answer: 'Heads with nothing to look up leave their weight on the first token.',
    wrong: [
      {
        is: 'The first words say what the text is about.',
        because: 'With line breaks in their place it works as well: it is not what they say.',
      },
      {
        is: 'The positions are new to the model, which has seen no text of that length.',
        because: 'Positions stay below 1,024 here, and it was trained on 4,096.',
      },
      {
        is: 'The dropped key leaves a row of zeros behind, and a score of 0 takes a share of the softmax.',
        because: 'Its row is used again by the next token.',
      },
    ],
    explain:
      'Weights must sum to 1, so what no key wants goes to a sink. Keeping the first four tokens repairs it (Xiao and others 2024); gpt-oss learns a sink for each head.',
    hint: 'Weights sum to 1. Where do they go when no key fits?',
  }),
  card.number('attention.latent.cache', {
    topic: 'attention',
    level: 3,
    katas: ['memory-account'],
    ask: `Multi-head latent attention (MLA), sizes of DeepSeek-V2: ${latent.layers} layers, ${latent.heads} heads of size ${latent.headSize}, a latent of ${latent.latent}, a RoPE key of ${latent.rope}, ${latent.bytes} bytes per number. How many bytes does one token take in the cache?`,
    unit: 'bytes',
    answer: () => latentBytes,
    tolerance: 0.03,
    wrong: [
      { is: () => fullBytes, because: 'That is the keys and values of all heads: MHA.' },
      {
        is: () => 2 * latentBytes,
        because: 'Keys and values are both made from the same latent: no factor 2.',
      },
      {
        is: () => latent.heads * latentBytes,
        because: 'The latent and the RoPE key are shared by all heads.',
      },
      {
        is: () => latent.latent * latent.layers * latent.bytes,
        because: 'The RoPE key is kept beside the latent.',
      },
    ],
    explain: `(latent + RoPE key) · layers · bytes: ${Math.round(fullBytes / latentBytes)} times less than MHA takes (DeepSeek-AI 2024).`,
    hint: 'What do all heads share?',
  }),
  card.choice('attention.latent.rope', {
    topic: 'attention',
    level: 3,
    ask: 'MLA makes each head’s key from one cached latent, k = W_uk·c, but keeps a small RoPE key apart. Why not turn k itself?',
    answer: 'A rotation between W_q and W_uk would keep them from being merged.',
    wrong: [
      {
        is: 'A turned key would no longer have the norm of the latent.',
        because: 'Rotations keep norms, and W_uk changes them anyway.',
      },
      {
        is: 'A head of size 128 has too many pairs to turn at every step.',
        because: 'Turning is cheap, and full heads are turned in other models.',
      },
      {
        is: 'The latent is shared by all layers, and each of the layers has positions of its own.',
        because: 'It is shared by the heads of one layer; a position is the same everywhere.',
      },
    ],
    explain:
      'q·k = qᵀ·W_uk·c: W_uk goes into the query once, and the cache is read as it is. With RoPE the matrix between them changes with the distance, and all keys would have to be made anew (DeepSeek-AI 2024).',
    hint: 'Write q·k with the latent. Which matrices stand side by side?',
  }),
  card.choice('systems.prefix.state', {
    topic: 'systems',
    level: 2,
    katas: ['kv-cache-step'],
    ask: 'A thousand requests begin with the same long prompt. With a paged KV cache they share its pages. What can an LSTM share?',
    answer: 'the state after the prompt, copied into each request',
    wrong: [
      {
        is: 'the weights',
        because: 'Those too. But then the prompt would be read a thousand times.',
      },
      {
        is: 'the states of all of the prompt’s tokens, kept in pages like keys',
        because: 'Going on takes the last state only: nothing looks back at the others.',
      },
      {
        is: 'nothing, as each request changes its state at once',
        because: 'It changes its own copy: copy on write, of two vectors per layer.',
      },
    ],
    explain:
      'Small and simple, with one catch. A cache can be cut back to any token, a state cannot: for a prompt that differs near its end, or a rejected draft, one must have been saved there.',
    hint: 'What does the LSTM need in order to read on?',
  }),
  card.trap('systems.speculative.redraw', {
    topic: 'systems',
    level: 3,
    ask: 'Speculative decoding: a draft offers a word from q, accepted with min(1, p/q) for the large model’s p. What is wrong here?',
    claim: 'If the word is refused, I draw from p: then I still sample from the large model.',
    right: 'Then words come out too often where q is above p: draw from (p - q)₊, normalised.',
    wrong: [
      {
        is: 'The draft must be asked again, until one of its words is accepted.',
        because: 'Then words come out in proportion to min(p, q), not to p.',
      },
      {
        is: 'The words that were accepted before it have to go as well, as they are of the same draft.',
        because: 'They stand. It is those after it that go.',
      },
      {
        is: 'Nothing: whatever is drawn from p is a sample of p.',
        because: 'So it is for a draw at every word, not for one after refusals only.',
      },
    ],
    explain:
      'min(p, q) + (p - q)₊ = p: the result is exact (Leviathan and others 2023). The cache is then cut back to the last word accepted; an RNN must have saved its state there, or reads again.',
    hint: 'Add up how likely a word is by either way.',
  }),
];

export const servingGenerators: readonly Generator[] = [
  generator('attention.sinks.generated', {
    topic: 'attention',
    level: 2,
    equations: ['attention.weights'],
    katas: ['stable-softmax'],
    make: (random, making) => {
      const percent = wholeFrom(random, 40, 95);
      const share = percent / 100;
      return drawnNumber(making, {
        ask: `The first token takes ${percent} % of a row’s attention weight. A sliding window drops it. By what factor do the other weights of the row grow?`,
        answer: () => 1 / (1 - share),
        tolerance: 0.005,
        wrong: [
          { is: () => 1 + share, because: 'The rest must sum to 1: divide by what it was.' },
          { is: () => 1, because: 'Then they would no longer sum to 1.' },
          { is: () => 1 / share, because: 'That divides by what has gone, not by what is left.' },
        ],
        explain:
          'What is left is divided by its sum. A sink’s value is usually near 0, so the output grows by as much.',
      });
    },
  }),
  generator('systems.prefix.generated', {
    topic: 'systems',
    level: 2,
    katas: ['memory-account'],
    make: (random, making) => {
      const prompt = page * wholeFrom(random, 20, 120);
      const requests = wholeFrom(random, 3, 60);
      const own = wholeFrom(random, 5, 300);
      const pages = (tokens: number): number => Math.ceil(tokens / page);
      return drawnNumber(making, {
        ask: `A paged KV cache has ${page} tokens to a page. A system prompt of ${prompt} tokens is shared by ${requests} requests, and each adds ${own} tokens of its own. How many pages are in use?`,
        unit: 'pages',
        answer: () => pages(prompt) + requests * pages(own),
        wrong: [
          {
            is: () => requests * pages(prompt + own),
            because: 'The pages of the prompt are the same for all: they are kept once.',
          },
          {
            is: () => pages(prompt + requests * own),
            because: 'Requests do not share their last page, however empty it is.',
          },
          { is: () => pages(prompt + own), because: 'That is one request.' },
        ],
        explain:
          'The prompt once, and whole pages for each request. A prompt that ends within a page has that page copied when a request writes to it.',
      });
    },
  }),
  generator('systems.speculative.generated', {
    topic: 'systems',
    level: 2,
    make: (random, making) => {
      const first = wholeFrom(random, 1, 8);
      const second = wholeFrom(random, 1, 9 - first);
      const q = [first, second, 10 - first - second].map((tenths) => tenths / 10);
      const shift = oneOf(random, [1, 2]);
      const p = q.map((_, k) => q[(k + shift) % 3]!);
      const sum = (of: (p: number, q: number) => number): number =>
        p.reduce((total, value, k) => total + of(value, q[k]!), 0);
      return drawnNumber(making, {
        ask: `Speculative decoding over three words: the draft has q = ${q.join(', ')}, the large model p = ${p.join(', ')}. With which probability is a drafted word accepted?`,
        answer: () => sum(Math.min),
        tolerance: 0.005,
        wrong: [
          {
            is: () => sum((a, b) => a * b),
            because: 'That is how often two draws agree; a word is accepted with min(1, p/q).',
          },
          { is: () => 1 - sum(Math.min), because: 'That is how often it is refused.' },
          {
            is: () => sum((a, b) => Math.min(1, a / b)) / 3,
            because: 'The words are not drafted equally often: weigh by q.',
          },
        ],
        explain: 'Σ q·min(1, p/q) = Σ min(p, q): where both agree, all is accepted.',
        hint: 'Each word is drafted with q and accepted with min(1, p/q).',
      });
    },
  }),
];
