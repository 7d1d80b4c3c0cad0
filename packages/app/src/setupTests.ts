import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages load their parts lazily, which takes a busy machine more than the default second.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);

// Browsers say by it which theme a person prefers; jsdom has no media at all.
window.matchMedia ??= (media: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    media,
    matches: false,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
  });
