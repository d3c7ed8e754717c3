/** That a clinician of the site has approved a version: who, in which role, and on which day; and when that was recorded. */
export type Approval = {
  readonly by: string;
  readonly role: string;
  /** The day of the approval, `YYYY-MM-DD`. */
  readonly on: string;
  /** When it was written to the log: RFC 3339, UTC. */
  readonly at: string;
};

/** The approval of a version that no clinician has approved. */
export const NOT_APPROVED = 'not yet approved by a clinician';

/** Who approved a version, in words; one that nobody has approved says so. Several follow each other, in the order of the log. */
export const approvalInWords = (approvals: readonly Approval[]): string =>
  approvals.length === 0
    ? NOT_APPROVED
    : approvals.map(({ by, role, on }) => `approved by ${by}, ${role}, on ${on}`).join('; ');
