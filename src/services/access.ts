/** What a client may do. Each route asks for one of them. */
export const SCOPES = [
  'screen',
  'intake:submit',
  'decisions:read',
  'decisions:resolve',
  'rules:read',
  'rules:activate',
  'audit:read',
  'admin',
] as const;

/** What a client may do. None of them includes another. */
export type Scope = (typeof SCOPES)[number];

/** Whether a text names a scope. */
export const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

/** Who asks: a client of an organisation, what it may do, and by what it was known. */
export type Principal = {
  readonly organisation: string;
  readonly client: string;
  readonly scopes: readonly Scope[];
  /**
   * `open`: no access control is set up, and everyone on this machine may do everything. `break-glass`: a key that was made for an emergency.
   * `token`: an access token of an issuer that is configured.
   */
  readonly via: 'open' | 'key' | 'break-glass' | 'token';
};

/** Whom every caller is while no access control is set up. */
export const OPEN_PRINCIPAL: Principal = {
  organisation: 'local',
  client: 'local',
  scopes: SCOPES,
  via: 'open',
};
