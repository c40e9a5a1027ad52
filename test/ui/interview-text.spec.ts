/** An interview's view and report: they fit any page, and what was typed breaks neither terminal nor Markdown. */
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import {
  currentItem,
  interviewCard,
  interviewQuestions,
  interviewReport,
  interviewStep,
  startInterview,
  type InterviewState,
} from '../../src/quiz/index.js';
import { blocksOf } from '../../src/ui/blocks.js';
import { interviewListText, interviewText } from '../../src/ui/interview-text.js';
import { interviewMarkdown } from '../../src/ui/interview-markdown.js';
import { interviewView } from '../../src/ui/interview-view.js';
import { rightAnswer } from '../quiz/answers.js';
import { expectPrintableAtAnyWidth, plainPage, words } from './pages.js';

const start = Date.parse('2026-11-20T09:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const question = interviewQuestions[0]!;
const begin = startInterview(question, { id: 'i1', seed: 7, at: iso(start) });
const hostile = '# x\u001b[2J | <b>*bold*</b> [a](b) `c` \u202e\u0007';

/** An interview answered to its end, a minute an item. */
function play(given: (state: InterviewState) => string): InterviewState {
  let state = begin;
  for (let minute = 1; state.phase !== 'done'; minute++) {
    const now = iso(start + 60_000 * minute);
    const action = currentItem(state)!.question
      ? ({ type: 'answer', given: given(state), final: true } as const)
      : ({ type: 'skip' } as const);
    state = interviewStep(interviewStep(state, action, now).state, { type: 'next' }, now).state;
  }
  return state;
}
const right = (state: InterviewState): string => {
  const asked = currentItem(state)!.question!;
  return rightAnswer(interviewCard(asked.id)!, asked);
};
const reports = [
  interviewReport(begin),
  interviewReport(play(right)),
  interviewReport(play(() => hostile)),
];

describe('a report in the terminal', () => {
  it.each(reports)('fits any width, with and without colour', (report) => {
    expectPrintableAtAnyWidth((page) => interviewText(report, page));
  });

  it.each(reports)('never has its heading alone at the foot of a page', (report) => {
    for (const width of [40, 80]) {
      const [first] = blocksOf(interviewText(report, plainPage(width)));
      const heading = words([report.question.title]);
      expect(words(first!)).toContain(heading);
      expect(words(first!)).toMatch(/Nothing was answered\.|explain \d of \d/);
    }
  });

  it('names score, time, what was left out, the follow-up that broke the answer, and what is next', () => {
    const [, , missed] = reports;
    const text = words(interviewText(missed!, plainPage(80)));
    for (const point of missed!.missed) expect(text).toContain(point);
    expect(missed!.missed).toHaveLength(question.explain.rubric.length);
    expect(missed!.broke).toBe(missed!.parts.at(-1)!.items[0]!.ask);
    expect(text).toContain('explain 0 of 9 1:00 10:00');
    expect(text).toContain('derive 0 of 3 3:00 8:00');
    expect(text).toContain('bptt check lstm-step');
    const perfect = words(interviewText(reports[1]!, plainPage(80)));
    expect(perfect).toContain('explain 9 of 9');
    expect(perfect).toContain('follow-ups 3 of 3');
    expect(perfect).not.toContain('broke');
    expect(words(interviewText(reports[0]!, plainPage(80)))).toContain('not finished');
  });

  it('tells what could not be read from what was wrong and what was skipped', () => {
    const report = interviewReport(play(() => '('));
    const text = words(interviewText(report, plainPage(80)));
    expect(text).toContain(`? not read: ${report.parts[1]!.items[0]!.ask}`);
    expect(text).not.toContain('✗');
    expect(interviewMarkdown(report)).toContain('**not read** in 1:00.');
    expect(report.byTopic).toEqual([]);
  });

  it('of an interview that was left at once is a sentence, not a table, and offers a new one', () => {
    const report = interviewReport(interviewStep(begin, { type: 'quit' }, iso(start)).state);
    const shown = [interviewText(report, plainPage(80)).join('\n'), interviewMarkdown(report)];
    for (const text of shown) {
      expect(text).toContain('Nothing was answered.');
      expect(text).not.toMatch(/\bmade\b/);
      expect(text).toMatch(/bptt interview`?$/m);
      expect(text).not.toContain('--resume');
    }
    const draft = interviewStep(begin, { type: 'quit', draft: 'An RNN' }, iso(start)).state;
    expect(interviewReport(draft).next).toContain('bptt interview --resume');
  });

  it('the list of questions fits any width', () => {
    const list = interviewQuestions.map(({ id, title }) => ({ id, title, minutes: 50 }));
    expectPrintableAtAnyWidth((page) => interviewListText(list, page));
    for (const { title } of list)
      expect(words(interviewListText(list, plainPage(80)))).toContain(title);
  });
});

describe('a report in Markdown', () => {
  it('shows every question, answer and point', () => {
    const report = reports[1]!;
    const text = interviewMarkdown(report).replaceAll('\\', '');
    for (const { items } of report.parts)
      for (const { ask, answer, given, points } of items) {
        for (const line of ask.split('\n')) expect(text).toContain(line);
        expect(text).toContain(answer);
        expect(text).toContain(given);
        for (const { point } of points) expect(text).toContain(`- [x] ${point}`);
      }
  });

  it('quotes what was typed: no control character, no markup of its own', () => {
    const text = interviewMarkdown(reports[2]!);
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const html = marked.parse(text, { async: false });
    expect(html).toContain('&lt;b&gt;*bold*&lt;/b&gt;');
    expect(html).not.toMatch(/<b>|<a |<h1># x/);
    expect(html.match(/<h1>/g)).toHaveLength(1);
  });
});

describe('the view', () => {
  const facts = { question, item: currentItem(begin), file: 'katas/30-lstm/lstm-step.ts' };

  it('shows the clock of the whole part, and says when it is over', () => {
    const head = (spent: number) => interviewView(begin, { ...facts, spent }).head;
    expect(head(61_000)).toEqual(['interview · explain · lstm · free', '1:01 of 10:00']);
    expect(head(11 * 60_000)[1]).toBe('11:00 of 10:00, over');
    expect(interviewView(begin, { ...facts, spent: undefined }).head[1]).toBe('10 min');
    const later = interviewStep(begin, { type: 'skip' }, iso(start + 60_000)).state;
    const second = interviewStep(later, { type: 'skip' }, iso(start + 90_000)).state;
    const view = interviewView(second, { ...facts, item: currentItem(second), spent: 5000 });
    expect(view.head).toEqual(['interview · derive 2 of 3 · lstm · equation', '0:35 of 8:00']);
  });

  it('tells what to do about the kata where there is no workspace', () => {
    const code = begin.items.find(({ part }) => part === 'code');
    const says = (file: string | undefined) =>
      interviewView(begin, { ...facts, item: code, spent: 0, file }).task!.says.join(' ');
    expect(says(facts.file)).toContain(`Write ${facts.file} in your editor, then press enter`);
    expect(says(undefined)).toContain('bptt init');
  });
});
