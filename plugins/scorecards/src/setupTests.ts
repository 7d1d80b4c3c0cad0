import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Pages load their parts lazily, which takes a busy machine more than the default second.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);
