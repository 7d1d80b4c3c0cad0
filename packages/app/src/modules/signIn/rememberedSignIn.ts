const key = 'waymark.sign-in';

/** How the person of this browser signed in last, so that a reload asks nothing. */
export type RememberedSignIn =
  | { method: 'persona'; login: string }
  | { method: 'provider'; id: string };

export function recallSignIn(): RememberedSignIn | undefined {
  const [method, value] = localStorage.getItem(key)?.split(':') ?? [];
  if (value && method === 'persona') {
    return { method, login: value };
  }
  if (value && method === 'provider') {
    return { method, id: value };
  }
  return undefined;
}

export function rememberSignIn(signIn: RememberedSignIn): void {
  const value = signIn.method === 'persona' ? signIn.login : signIn.id;
  localStorage.setItem(key, `${signIn.method}:${value}`);
}

export function forgetSignIn(): void {
  localStorage.removeItem(key);
}
