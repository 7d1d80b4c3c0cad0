// Run with: node runAxe.mjs < pages.json. A process of its own, because jest cannot load jsdom.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const pages = JSON.parse(readFileSync(0, 'utf8'));

const faults = [];
let passes = 0;
for (const { path, text } of pages) {
  const { window } = new JSDOM(text, { runScripts: 'outside-only' });
  window.eval(axe);
  // Contrast needs a screen; contrast.test.ts calculates it.
  const result = await window.eval(
    "axe.run(document, { rules: { 'color-contrast': { enabled: false } } })",
  );
  passes += result.passes.length;
  for (const fault of result.violations) {
    faults.push(`${path}: ${fault.id} ${fault.nodes[0].html}`);
  }
  window.close();
}
process.stdout.write(JSON.stringify({ faults, passes }));
