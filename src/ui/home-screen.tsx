/** Home on the screen: turns keys into an intent and a place into lines. What an intent leads to is handed in. */
import { useEffect, useRef, useState } from 'react';
import { Text, useApp, useInput } from 'ink';
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
  /** Called once, before the app exits. Whoever leaves keeps the last frame; otherwise it is taken away. */
  readonly onIntent: (intent: Exclude<HomeIntent, 'none'>) => void;
}

export function HomeScreen({ place, report, page, rows, onIntent }: HomeScreenProps) {
  const { exit } = useApp();
  const [ended, end] = useState<HomeIntent>();
  // A second key can arrive before the screen is drawn again.
  const told = useRef(false);
  useInput((input, key) => {
    const intent = homeIntent(input, key, place, report);
    if (intent === 'none' || told.current) return;
    told.current = true;
    onIntent(intent);
    end(intent);
  });
  // The last frame is drawn before the app exits.
  useEffect(() => {
    if (ended !== undefined) exit();
  }, [ended, exit]);
  if (ended !== undefined && ended !== 'leave' && ended !== 'interrupt') return null;
  return (
    <Text>
      {placeText(place, report, page, { rows })
        .map((line) => line || ' ')
        .join('\n')}
    </Text>
  );
}
