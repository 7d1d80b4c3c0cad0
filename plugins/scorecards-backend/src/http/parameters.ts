import { asOfParameter, Clock } from '@waymark/waymark-node';
import { z } from 'zod';

/** An instant of the past; what is the future is asked of the clock at each request. */
export const pastInstant = (clock: Clock) =>
  z.string().transform((text, context) => {
    const parsed = asOfParameter(clock.now()).safeParse(text);
    if (parsed.success) return parsed.data;
    for (const { message } of parsed.error.issues) {
      context.addIssue({ code: 'custom', message });
    }
    return z.NEVER;
  });
