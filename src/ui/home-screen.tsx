/** Home on the screen: turns keys into an intent and a place into lines. What an intent leads to is handed in. */
import { useEffect, useState } from 'react';
import { useInput } from 'ink';
import { Frame } from './frame.js';
import { homeIntent, type HomeIntent, type HomePlace } from './home-keys.js';
import { placeText } from './home-place.js';
import type { Page } from './layout.js';
import type { HomeReport } from '../walk/home.js';

export interface HomeScreenProps {
  readonly place: HomePlace;
  readonly report: HomeReport;
  readonly page: Page;
  /** Of the terminal. */
  readonly rows: number;
  /** Called once. Whoever leaves keeps the last frame; otherwise it is taken away. */
  readonly onIntent: (intent: Exclude<HomeIntent, 'none'>) => void;
}

export function HomeScreen({ place, report, page, rows, onIntent }: HomeScreenProps) {
  const [ended, end] = useState<Exclude<HomeIntent, 'none'>>();
  useInput((input, key) => {
    const intent = homeIntent(input, key, place, report);
    // A second key can arrive before the screen is drawn again.
    if (intent !== 'none') end((before) => before ?? intent);
  });
  // The last frame is drawn before it is told.
  useEffect(() => {
    if (ended !== undefined) onIntent(ended);
  }, [ended]);
  return ended === undefined || ended === 'leave' || ended === 'interrupt' ? (
    <Frame {...placeText(place, report, page, { rows })} />
  ) : null;
}
