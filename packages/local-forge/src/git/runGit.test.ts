import { gitText, runGit } from './runGit';

it('stops a command that takes too long, whatever it started', async () => {
  await expect(
    runGit(['-c', 'alias.wait=!sleep 8', 'wait'], {
      timeLimitMilliseconds: 100,
    }),
  ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
}, 5_000);

it('cuts the output for a caller that says how much it wants', async () => {
  const cut = await runGit(['help', '--all'], { maxBytes: 100 });
  expect(cut).toMatchObject({ code: 0, truncated: true });
  const whole = await runGit(['help', '--all']);
  expect(whole.truncated).toBe(false);
  expect(whole.stdout.length).toBeGreaterThan(1_000);
});

it('names the command and its last message when it fails', async () => {
  const failing = ['hash-object', '/no/such/file'];
  await expect(gitText(failing)).rejects.toThrow(
    /^git hash-object ended with code 128: fatal: .*no\/such\/file/,
  );
  expect(await runGit(failing, { acceptedCodes: [128] })).toMatchObject({
    code: 128,
  });
});
