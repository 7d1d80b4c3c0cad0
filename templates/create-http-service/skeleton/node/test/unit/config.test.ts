import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigError, loadConfig, parseAddress, parseDuration } from '../../src/config.ts';
import { SERVICE_NAME } from '../../src/service.ts';
import { requiredEnvironment, wrongEnvironment } from '../support/environment.ts';

describe('loadConfig', () => {
  it('has a default for everything that the back end does not require', () => {
    const config = loadConfig(requiredEnvironment);
    assert.deepEqual(config, {
      backend: config.backend,
      http: { host: '0.0.0.0', port: 8080 },
      logLevel: 'info',
      shutdown: { delayMs: 0, graceMs: 20_000 },
      telemetry: { serviceName: SERVICE_NAME, endpoint: undefined },
      build: { version: 'dev', revision: 'unknown' },
    });
  });

  it('treats an empty variable as one that is not set', () => {
    const config = loadConfig({ ...requiredEnvironment, LOG_LEVEL: '', SHUTDOWN_GRACE: '' });
    assert.equal(config.logLevel, 'info');
    assert.equal(config.shutdown.graceMs, 20_000);
  });

  it('names every wrong variable and why in one line, without its value', () => {
    const wrong = {
      ...wrongEnvironment,
      HTTP_ADDRESS: 'wrong-8080',
      LOG_LEVEL: 'wrong',
      SHUTDOWN_DELAY: 'wrong',
      SHUTDOWN_GRACE: '20',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'wrong:4318',
    };
    assert.throws(
      () => loadConfig({ ...requiredEnvironment, ...wrong }),
      (error) => {
        assert.ok(error instanceof ConfigError);
        for (const name of Object.keys(wrong)) assert.match(error.message, new RegExp(`${name}: `));
        assert.doesNotMatch(error.message, /wrong|hunter2|\n/);
        return true;
      },
    );
  });

  it('names every variable that is missing', () => {
    for (const name of Object.keys(requiredEnvironment)) {
      assert.throws(() => loadConfig({ ...requiredEnvironment, [name]: undefined }), {
        message: `${name}: must be set`,
      });
    }
  });
});

describe('parseDuration', () => {
  const cases: [string, number | undefined][] = [
    ['0', 0],
    ['0s', 0],
    ['500ms', 500],
    ['1.5s', 1_500],
    ['1m30s', 90_000],
    ['1h', 3_600_000],
    ['', undefined],
    ['20', undefined],
    ['-1s', undefined],
    ['1s ', undefined],
    ['1d', undefined],
  ];
  for (const [text, expected] of cases) {
    it(`reads "${text}" as ${expected ?? 'no duration'}`, () => {
      assert.equal(parseDuration(text), expected);
    });
  }
});

describe('parseAddress', () => {
  const cases: [string, { host: string; port: number } | undefined][] = [
    ['127.0.0.1:80', { host: '127.0.0.1', port: 80 }],
    [':8080', { host: '0.0.0.0', port: 8080 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    ['localhost', undefined],
    ['8080', undefined],
    ['localhost:65536', undefined],
    ['::1:8080', undefined],
  ];
  for (const [text, expected] of cases) {
    it(`reads "${text}" as ${expected ? `port ${expected.port}` : 'no address'}`, () => {
      assert.deepEqual(parseAddress(text), expected);
    });
  }
});
