/** What a grader says of one answer, before it is joined with the card's model answer. */
export interface Judged {
  /** `unreadable` is asked again and counts for nothing. */
  readonly kind: 'right' | 'wrong' | 'unreadable';
  readonly says: string;
}

export const right = (says = 'Right.'): Judged => ({ kind: 'right', says });
export const wrong = (says: string): Judged => ({ kind: 'wrong', says });
export const unreadable = (says: string): Judged => ({ kind: 'unreadable', says });
