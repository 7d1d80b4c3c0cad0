import { createHash } from 'node:crypto';

/** A number from 0 to 9999 that stays the same for a flag and a subject. */
export function bucket(flag, subject) {
  return createHash('sha256').update(`${flag}/${subject}`).digest().readUInt32BE(0) % 10_000;
}

/** Whether a flag is on for a subject, and which rule said so. */
export function evaluate(flag, context) {
  if (!flag.enabled) return { on: false, because: 'disabled' };
  for (const rule of flag.rules ?? []) {
    const holds = Object.entries(rule.when ?? {}).every(([name, allowed]) =>
      allowed.includes(context[name]),
    );
    if (holds) {
      const on = bucket(flag.key, context.subject) < rule.percent * 100;
      return { on, because: rule.name };
    }
  }
  return { on: false, because: 'no rule' };
}

/** Flags that nobody should need any more: on for everybody, or forgotten. */
export function stale(flags, today) {
  return flags
    .filter(({ expires }) => expires && expires < today)
    .map(({ key, owner, expires }) => ({ key, owner, expires }));
}
