import { Octokit } from '@octokit/rest';
import { startTestForge } from '../__testUtils__/fixture';
// All of Backstage that talks to a forge: its tests run here, recorded.
import '../__testUtils__/describeBackstage';
import { API_SEGMENTS } from '../pages/isPageRequest';
import { GitHubApiValidator } from './__testUtils__/GitHubApiValidator';
import { checkGraphql } from './__testUtils__/checkGraphql';
import { driveRest } from './__testUtils__/driveRest';
import { judgeDeviations } from './__testUtils__/knownDeviations';
import { RecordedExchange, createRecorder } from './recorder';

const mockRecorder = createRecorder();

jest.mock('../createApp', () => {
  const express = jest.requireActual('express');
  const { createApp } = jest.requireActual('../createApp');
  return {
    createApp: (...args: unknown[]) =>
      express().use(
        // Looked up late: this factory runs before the recorder is there.
        (...handling: Parameters<typeof mockRecorder.middleware>) =>
          mockRecorder.middleware(...handling),
        createApp(...args),
      ),
  };
});

jest.setTimeout(120_000);

describe('the recorded calls, held against GitHub’s own description', () => {
  const validator = GitHubApiValidator.create();
  let exchanges: RecordedExchange[];
  let byBackstage: RecordedExchange[];

  beforeAll(async () => {
    const isApi = ({ path }: RecordedExchange) =>
      API_SEGMENTS.has(path.split('/')[1]);
    byBackstage = mockRecorder.exchanges().filter(isApi);
    mockRecorder.clear();
    const forge = await startTestForge();
    try {
      await driveRest(new Octokit({ baseUrl: forge.url, auth: forge.token }));
    } finally {
      await forge.close();
    }
    exchanges = [...byBackstage, ...mockRecorder.exchanges().filter(isApi)];
  });

  it('differ from it only where this is known and justified', () => {
    const report = validator.check(exchanges);
    const { unknown, unneeded } = judgeDeviations(report.deviations);
    expect(unknown).toEqual([]);
    expect(unneeded).toEqual([]);
    // A client that stopped early, or a recorder that lost calls, must not pass.
    expect(report.operations.size).toBeGreaterThanOrEqual(105);
    expect(validator.check(byBackstage).operations.size).toBeGreaterThanOrEqual(
      40,
    );
  });

  it('fit GitHub’s GraphQL schema, queries and answers', async () => {
    const report = checkGraphql(exchanges);
    expect(report.deviations).toEqual([]);
    expect(report.calls).toBeGreaterThanOrEqual(4);
  });

  it('carry no secret', () => {
    const text = JSON.stringify(exchanges);
    expect(text).not.toMatch(
      /very secret|hush|never leaves|bearer|token [a-z0-9_-]{20}/i,
    );
  });
});
