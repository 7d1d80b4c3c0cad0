import { FormEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** What is wrong, by the names of fields; `form` where it belongs to none. */
export type ErrorsOf<Field extends string> = Partial<
  Record<Field | 'form', string>
>;

/** Where one types or chooses: of a date its first part, of a choice its button. */
const CONTROL = 'input, textarea, button, [role="spinbutton"]';

/** What is wrong with a form: each field of that name shows it, and whoever submits is led to the first of them. */
export function useFormErrors<Field extends string>() {
  const ref = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<ErrorsOf<Field>>({});
  const validationErrors = Object.fromEntries(
    Object.entries<string | undefined>(errors).flatMap(([name, error]) =>
      error === undefined ? [] : [[name, error]],
    ),
  );
  return {
    errors,
    /** For the `Form` of react-aria that the fields are in. */
    formProps: {
      ref,
      validationErrors,
      // The browser's own validation asks where nobody submits a form.
      validationBehavior: 'aria' as const,
      onSubmit: (event: FormEvent) => event.preventDefault(),
    },
    show(found: ErrorsOf<Field>) {
      // Which fields are wrong is known once they are drawn.
      flushSync(() => setErrors(found));
      ref.current
        ?.querySelector('[data-invalid]')
        ?.querySelector<HTMLElement>(CONTROL)
        ?.focus();
    },
    clear(...fields: Field[]) {
      setErrors(before => ({
        ...before,
        ...Object.fromEntries(fields.map(field => [field, undefined])),
        form: undefined,
      }));
    },
  };
}
