const tty = process.stdout.isTTY && !process.env.CI;
const paint = (code, text) =>
  process.stdout.isTTY && !process.env.NO_COLOR
    ? `\u001b[${code}m${text}\u001b[0m`
    : text;

export const say = {
  line: text => process.stdout.write(`${text}\n`),
  done: (text, seconds) =>
    process.stdout.write(
      `${paint(32, '✔')} ${text}${
        seconds === undefined ? '' : paint(2, ` (${seconds.toFixed(1)} s)`)
      }\n`,
    ),
  failure: text => process.stderr.write(`${paint(31, '✘')} ${text}\n`),
  bold: text => paint(1, text),
  dim: text => paint(2, text),
};

/**
 * Runs `work` and says what is going on meanwhile: a ticking line on a
 * terminal, a line every 15 seconds elsewhere.
 *
 * @param {string} text what is being done, in the present participle
 * @param {(report: (detail: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(text, work) {
  const started = performance.now();
  const seconds = () => (performance.now() - started) / 1000;
  let detail = '';
  let last = 0;
  const tick = () => {
    if (tty) {
      process.stdout.write(
        `\r\u001b[K… ${text} ${say.dim(
          `${seconds().toFixed(0)} s${detail ? `  ${detail}` : ''}`,
        )}`.slice(0, (process.stdout.columns ?? 80) + 12),
      );
    } else if (seconds() - last >= 15) {
      last = seconds();
      process.stdout.write(`… ${text}, ${seconds().toFixed(0)} s\n`);
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
  try {
    const result = await work(next => {
      detail = next;
    });
    if (tty) process.stdout.write('\r\u001b[K');
    say.done(text, seconds());
    return result;
  } catch (error) {
    if (tty) process.stdout.write('\r\u001b[K');
    throw error;
  } finally {
    clearInterval(timer);
  }
}
