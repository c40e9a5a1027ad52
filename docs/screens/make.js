// The pictures in the README: what the built binary prints, as SVG. `node docs/screens/make.js` draws them anew;
// test/screens.spec.ts wants them to show what it prints today (milliseconds aside).
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Anser from 'anser';

const root = fileURLToPath(new URL('../..', import.meta.url));
const binary = path.join(root, 'bin', 'run.js');

/** Each picture: its name, and what is typed. */
export const screens = [
  { name: 'check', args: ['check', 'lstm-step', '--seed', '7'] },
  { name: 'gradcheck', args: ['gradcheck', 'lstm', '--mistake', 'no-cell-carry'] },
  { name: 'flow', args: ['flow', '--cells', 'rnn,lstm', '--biases', '1,3'] },
  { name: 'memory', args: ['bench', 'memory', '--steps', '64..1024'] },
];

/** A workspace whose lstm-step has the forget and input gates swapped. */
function workspace() {
  const folder = mkdtempSync(path.join(tmpdir(), 'bptt-screens-'));
  const env = { ...process.env, BPTT_HOME: path.join(folder, 'home') };
  execFileSync(process.execPath, [binary, 'init', path.join(folder, 'ws')], { env });
  const solution = readFileSync(path.join(root, 'solutions/30-lstm/lstm-step.ts'), 'utf8');
  const wrong = solution.replace('f * cPrev[j] + i * g;', 'i * cPrev[j] + f * g;');
  if (wrong === solution) throw new Error('The solution of lstm-step reads otherwise now.');
  writeFileSync(path.join(folder, 'ws/katas/30-lstm/lstm-step.ts'), wrong);
  return { folder, cwd: path.join(folder, 'ws'), env };
}

/** What a command prints on a terminal of 80 columns, colours included. */
export function printed(args, { cwd, env }) {
  const { stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
    cwd,
    env: { ...env, NO_COLOR: undefined, FORCE_COLOR: '1', COLUMNS: '80' },
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(`bptt ${args.join(' ')} printed nothing: ${stderr}`);
  return stdout.trimEnd();
}

/** Every space counts, which plain spaces in SVG do not. */
const escaped = (text) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(' ', '\u00a0');
const colours = { 'ansi-red': '#ff7b72', 'ansi-green': '#7ee787', 'ansi-yellow': '#e3b341' };
const [column, row, margin] = [8.4, 18, 16];

/** Lines with their colours, as a dark window. The text stays text: it can be searched, copied and read aloud. */
export function svg(command, text) {
  const lines = [`$ ${command}`, '', ...text.split('\n')];
  const [width, height] = [80 * column + 2 * margin, lines.length * row + 2 * margin];
  const drawn = lines.map((line, k) => {
    const parts = Anser.ansiToJson(line, { remove_empty: true, use_classes: true }).map(
      ({ content, fg, decorations }) => {
        const style = [
          fg && `fill="${colours[fg]}"`,
          decorations.includes('bold') && 'font-weight="bold"',
          decorations.includes('dim') && 'opacity="0.6"',
        ].filter(Boolean);
        return style.length > 0
          ? `<tspan ${style.join(' ')}>${escaped(content)}</tspan>`
          : escaped(content);
      },
    );
    return `<text x="${margin}" y="${margin + (k + 0.75) * row}">${parts.join('')}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(command)}">
<rect width="100%" height="100%" rx="8" fill="#16181d"/>
<g fill="#d8dee9" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
${drawn.join('\n')}
</g>
</svg>
`;
}

/** Every picture by the name of its file. */
export function draw() {
  const place = workspace();
  try {
    return Object.fromEntries(
      screens.map(({ name, args }) => [
        `${name}.svg`,
        svg(`bptt ${args.join(' ')}`, printed(args, place)),
      ]),
    );
  } finally {
    rmSync(place.folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, picture] of Object.entries(draw()))
    writeFileSync(fileURLToPath(new URL(name, import.meta.url)), picture);
