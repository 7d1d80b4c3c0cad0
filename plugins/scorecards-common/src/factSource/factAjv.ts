import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { compilePattern } from '../rules/pattern';
import { Unknown } from '../rules/values/Unknown';

// What is matched comes from whoever may push facts, so patterns take linear time here as they do in rules.
const linearTime = Object.assign(
  (pattern: string) => {
    const compiled = compilePattern(pattern);
    if (compiled instanceof Unknown) {
      throw new SyntaxError(`"pattern": ${compiled.detail}`);
    }
    return compiled;
  },
  { code: 'linearTime' },
);

/** The validator of the schemas of fact sources, always a new one: what it compiled stays with it. */
export function createFactAjv(options: { allErrors: boolean }): Ajv2020 {
  return addFormats(
    new Ajv2020({
      ...options,
      strictTypes: false,
      strictRequired: false,
      code: { regExp: linearTime },
    }),
  );
}
