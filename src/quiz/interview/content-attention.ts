/** Interview questions about attention: over long sequences, in translation, while streaming. */
import { interviewQuestion } from './question.js';

export const attentionQuestions = [
  interviewQuestion('attention-at-length', {
    title: 'Attention at length, and its cost',
    topic: 'attention',
    katas: ['scaled-dot-product', 'online-softmax'],
    equations: ['attention.scores', 'attention.weights', 'attention.context'],
    ask: 'Explain scaled dot-product attention with its masks and its scale. What does it cost in time and memory as the sequence grows, and what can be done about each?',
    points: [
      {
        point: 'scores QKᵀ, softmax over the keys, weighed mean of the values',
        words: ['softmax', 'weighted', 'weighed', 'mean of the values'],
        ifMissed: [1, 'attention.order'],
      },
      {
        point: '1/√d_k keeps scores of wide heads from saturating the softmax',
        words: ['sqrt', '√', 'scale', 'saturat', 'variance'],
        ifMissed: [1, 'attention.saturation'],
      },
      {
        point: 'masks act before the softmax, by -∞',
        words: ['mask', 'infinity', '∞'],
        ifMissed: [1, 'attention.mask.after'],
      },
      {
        point: 'work grows as T²·d',
        words: ['quadratic', 't 2', 't²', 'squared'],
        ifMissed: [1, 'attention.causal-pairs.generated'],
      },
      {
        point: 'memory grows as T² only where the weights are kept',
        words: ['naive', 'kept', 'materiali', 'store', 'memory'],
        ifMissed: [2, 'attention.memory'],
      },
      {
        point: 'online softmax over tiles: O(T) memory, the same numbers',
        words: ['online', 'tile', 'flash', 'block', 'running max'],
        ifMissed: [2, 'attention.online.order'],
      },
      {
        point:
          'the work stays: less of it needs windows, sparsity or linear attention, which change the result',
        words: ['window', 'sparse', 'linear attention', 'local', 'approximat'],
        ifMissed: [3, 'attention.flash.flops'],
      },
      {
        point: 'generation: a KV cache, O(T) work and memory for each token',
        words: ['cache', 'decod', 'generat'],
        ifMissed: [3, 'attention.kv.work'],
      },
    ],
    enough: 5,
    model:
      'Each query is compared with all keys, QKᵀ/√d_k, a softmax turns the scores of a row into weights, and the output is the weighed mean of the values. Without 1/√d_k the scores of wide heads have a large variance and saturate the softmax. Masks, causal or for padding, put -∞ into the scores before the softmax. The work is about 2T²d multiply-adds. Memory is T² only if the weights are kept: online softmax goes over tiles of keys with a running maximum and a rescaled sum, needs O(T) beyond input and output, and gives the same numbers; its backward pass recomputes the weights. That saves traffic, not arithmetic. For less arithmetic one changes the result: windows, sparsity, linear attention. In generation a KV cache makes each token O(T).',
    advice:
      'Keep two costs apart, arithmetic and memory: most weak answers fix one and claim the other.',
    derive: [
      { ask: 'attention.scores', ifMissed: [1, 'attention.scores.shape'] },
      { ask: 'attention.online.rescale', ifMissed: [2, 'attention.online.generated'] },
      { ask: 'attention.backward.softmax', ifMissed: [3, 'attention.flash.backward'] },
    ],
    code: 'online-softmax',
    complexity: [
      'attention.weights-bytes.generated',
      'systems.attention.work',
      { ask: 'systems.crossover', ifMissed: [3, 'systems.attention.score-bytes'] },
    ],
    otherwise: [
      ['attention.softmax.shift', 'attention.masked-row'],
      ['attention.flash.backward', 'attention.permutation'],
      ['attention.linear', 'attention.window.reach', 'attention.weights.reading'],
    ],
    minutes: { code: 25 },
  }),

  interviewQuestion('translation-with-attention', {
    title: 'Translation with attention',
    topic: 'sequences',
    katas: ['additive-attention', 'encoder-decoder-step'],
    equations: ['attention.additive.hidden', 'attention.additive.score'],
    ask: 'Design a translator from LSTMs: encoder, decoder, and why it needs attention. Write additive attention, and tell how you train the model and how you let it generate.',
    points: [
      {
        point:
          'the encoder reads the source, the decoder is a language model that starts from its state',
        words: ['encoder', 'language model', 'conditional'],
        ifMissed: [1, 'applications.translation.order'],
      },
      {
        point: 'without attention all of the source must fit into one vector',
        words: ['bottleneck', 'one vector', 'fixed', 'single vector', 'compress'],
        ifMissed: [1, 'sequences.bottleneck'],
      },
      {
        point: 'a score of the decoder’s state with each source state, by a small tanh layer',
        words: ['score', 'tanh', 'additive', 'bahdanau'],
        ifMissed: [2, 'attention.score.generated'],
      },
      {
        point: 'softmax over the source, weighed sum as context',
        words: ['softmax', 'context', 'weighed', 'weighted'],
        ifMissed: [1, 'sequences.decoder.order'],
      },
      {
        point: 'a bidirectional encoder, as the source is there as a whole',
        words: ['bidirectional', 'both directions', 'backward'],
        ifMissed: [2, 'sequences.bidirectional.shape'],
      },
      {
        point: 'teacher forcing with cross-entropy, padding masked out',
        words: ['teacher', 'cross entropy', 'masked', 'padding'],
        ifMissed: [2, 'training.teacher-forcing'],
      },
      {
        point: 'generation step by step, by beam or by sampling, until the end token',
        words: ['beam', 'greedy', 'sampl', 'end token', 'end of sentence', 'eos'],
        ifMissed: [3, 'sequences.beam.length'],
      },
      {
        point: 'source times target scores; long sentences gained most',
        words: ['long sentence', 'source times', 'each pair', 'o t s', 'every pair'],
        ifMissed: [3, 'applications.translation.attention'],
      },
    ],
    enough: 5,
    model:
      'A bidirectional LSTM reads the source; since the source is there as a whole it may look both ways. A second LSTM, a language model conditioned on it, writes the target. Without attention everything must pass through one vector of fixed size, and long sentences suffer. With attention the decoder’s state s scores every source state h with a small layer, v_aᵀ tanh(W_a s + U_a h + b_a); a softmax over the source gives weights, padding masked out, and the weighed sum is the context for the next word. That is source times target scores. Training: cross-entropy on the next word with teacher forcing, padded positions masked, gradients clipped. Generation: one word a step from one’s own output, greedy or by beam, until the end token; errors then feed on themselves, which training never showed.',
    advice: 'Name the bottleneck before attention: the remedy makes sense only after the disease.',
    derive: [
      { ask: 'sequences.additive.score', ifMissed: [2, 'sequences.decoder.order'] },
      { ask: 'training.softmax-gradient', ifMissed: [2, 'training.cross-entropy.generated'] },
    ],
    code: 'additive-attention',
    complexity: [
      { ask: 'sequences.additive.scores', ifMissed: [3, 'attention.cross.shape'] },
      'sequences.bidirectional.generated',
      'training.masked-mean.generated',
    ],
    otherwise: [
      ['attention.cross', 'sequences.stacked.input'],
      ['sequences.reversed-source', 'training.perplexity', 'sequences.beam.greedy'],
      ['training.exposure-bias', 'sequences.beam.width', 'attention.additive-or-dot'],
    ],
  }),

  interviewQuestion('streaming-design', {
    title: 'A streaming service: LSTM state or KV cache',
    topic: 'systems',
    katas: ['kv-cache-step', 'memory-account'],
    ask: 'Design a service that answers token by token for many users at once. What is kept for each user with an LSTM and with a Transformer, what bounds the speed, and how do you keep memory in check?',
    points: [
      {
        point: 'LSTM: h and c a layer, the same bytes after a million tokens',
        words: ['h and c', 'constant', 'fixed size', 'state'],
        ifMissed: [1, 'systems.lstm.state-bytes'],
      },
      {
        point: 'Transformer: keys and values of every layer and token, so it grows with T',
        words: ['kv', 'key', 'cache'],
        ifMissed: [1, 'attention.kv.work'],
      },
      {
        point: 'reading the prompt is parallel, generating is one token at a time',
        words: ['prompt', 'prefill', 'parallel', 'one token'],
        ifMissed: [1, 'attention.causal.parallel'],
      },
      {
        point: 'a generated token reads all weights and the cache: bound by memory bandwidth',
        words: ['bandwidth', 'memory bound', 'reads all', 'load'],
        ifMissed: [2, 'attention.decode.bound'],
      },
      {
        point: 'batching users shares the reading of the weights, not of the caches',
        words: ['batch'],
        ifMissed: [2, 'systems.weights.reuse'],
      },
      {
        point: 'a smaller cache: shared key and value heads, fewer bits, windows, pages',
        words: ['gqa', 'mqa', 'shared', 'quanti', 'window', 'page', 'grouped', 'bits'],
        ifMissed: [2, 'attention.gqa.cache'],
      },
      {
        point:
          'limits: admission by bytes, eviction, recomputing a prompt; an LSTM’s state is cheap to move',
        words: ['evict', 'admi', 'recomput', 'limit', 'swap', 'move'],
        ifMissed: [3, 'attention.kv.batch'],
      },
      {
        point: 'what a fixed state loses: exact recall of what was read long ago',
        words: ['recall', 'forget', 'lose', 'copy', 'exact'],
        ifMissed: [3, 'systems.unlimited-state'],
      },
    ],
    enough: 5,
    model:
      'With an LSTM each user costs h and c of every layer, some kilobytes, and no more after a million tokens. With a Transformer each user costs the keys and values of every layer and token: a cache that grows with T. A prompt is read in parallel; generating is one token at a time, and each token reads all weights and the user’s cache, so it is bound by memory bandwidth. Batching users shares the reading of the weights but not that of the caches. To keep memory in check: key and value heads shared by groups, fewer bits, windows, a paged cache; users are admitted by their predicted bytes, idle caches are evicted and their prompt is read again. An LSTM’s state is cheap to move and to keep, but it cannot recall exactly what it read long ago.',
    advice: 'Put one number beside each sentence: bytes a user, bytes a token, users a device.',
    derive: [
      { ask: 'systems.lstm.flops', ifMissed: [1, 'systems.operations.generated'] },
      { ask: 'systems.attention.work', ifMissed: [2, 'systems.crossover'] },
    ],
    code: 'kv-cache-step',
    complexity: [
      'attention.kv-cache.generated',
      { ask: 'systems.state.ratio', ifMissed: [3, 'systems.lstm-memory'] },
      'attention.kv.per-token',
    ],
    otherwise: [
      ['systems.path-length', 'systems.device.weights'],
      ['systems.gpu', 'attention.kv-sharing'],
      ['systems.ssm', 'systems.quantise', 'systems.any-length'],
    ],
    minutes: { explain: 10, derive: 6, complexity: 8 },
  }),
] as const;
