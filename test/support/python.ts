import { spawnSync } from 'node:child_process';

const versionOf = (program: string, option: string): string => {
  const { stdout, status } = spawnSync(program, [option], { encoding: 'utf8' });
  return status === 0 ? stdout : '';
};

/** Why `examples/verify_proof.py` cannot be run on this machine; null where it can. */
export const whyNoPython = (): string | null => {
  if (!versionOf('python3', '--version').startsWith('Python 3.')) return 'this machine has no python3';
  const [, major = '0'] = /^OpenSSL (\d+)\./.exec(versionOf('openssl', 'version')) ?? [];
  return Number(major) >= 3 ? null : 'this machine has no OpenSSL 3, by which a signature is checked';
};
