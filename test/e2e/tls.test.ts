import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { connect, type ConnectionOptions } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failToStart, startService, type Service } from '../support/service.js';

const CERT = 'test/fixtures/tls/cert.pem';
const KEY = 'test/fixtures/tls/key.pem';

const start = async (): Promise<Service> => {
  const service = await startService({ TLS_CERT_FILE: CERT, TLS_KEY_FILE: KEY });
  onTestFinished(async () => {
    await service.stop();
  });
  return service;
};

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
};

const post = (url: string, body: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request(
      new URL('/screen', url),
      { method: 'POST', ca: readFileSync(CERT), headers: { 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });

/** The version of TLS that was agreed on; the code of the error where none was. */
const handshake = (url: string, options: ConnectionOptions): Promise<string> =>
  new Promise((resolve) => {
    const { port } = new URL(url);
    const socket = connect({ host: '127.0.0.1', port: Number(port), ca: readFileSync(CERT), ...options });
    socket.once('secureConnect', () => {
      resolve(socket.getProtocol() ?? 'none');
      socket.destroy();
    });
    socket.once('error', (error: Error & { readonly code?: string }) => {
      resolve(error.code ?? error.name);
    });
  });

describe('the service, with a certificate', () => {
  it('speaks TLS, decides as it does in plain, and tells browsers to come back no other way', async () => {
    const { url } = await start();
    expect(url).toMatch(/^https:/);
    const { status, headers, text } = await post(url, '{"facts":{"activePsychosis":true}}');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ verdict: 'ineligible' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it('speaks TLS 1.2 and 1.3, and nothing older', async () => {
    const { url } = await start();
    expect(await handshake(url, { maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
    expect(await handshake(url, { minVersion: 'TLSv1.3' })).toBe('TLSv1.3');
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    expect(await handshake(url, old)).toMatch(/ERR_SSL|EPROTO|ECONNRESET/);
  });

  it('answers nobody who comes in plain, and goes on', async () => {
    const { url } = await start();
    await expect(fetch(url.replace('https:', 'http:'))).rejects.toThrow();
    expect((await post(url, '{"facts":{}}')).status).toBe(200);
  });

  it('stops once all is answered, as it does in plain', async () => {
    const service = await startService({ TLS_CERT_FILE: CERT, TLS_KEY_FILE: KEY });
    expect((await post(service.url, '{"facts":{}}')).status).toBe(200);
    expect(await service.stop()).toBe(0);
  });

  it.each([
    ['TLS_KEY_FILE must be set too', { TLS_CERT_FILE: CERT }],
    ['TLS_CERT_FILE must be set too', { TLS_KEY_FILE: KEY }],
    ['TLS_CERT_FILE cannot be read (ENOENT)', { TLS_CERT_FILE: '/nowhere', TLS_KEY_FILE: KEY }],
    ['TLS_CERT_FILE and TLS_KEY_FILE are not', { TLS_CERT_FILE: CERT, TLS_KEY_FILE: CERT }],
    ['TLS_CERT_FILE and TLS_KEY_FILE are not', { TLS_CERT_FILE: 'package.json', TLS_KEY_FILE: KEY }],
  ])('does not start where it cannot be used: %s', async (why, settings) => {
    const { code, stderr } = await failToStart(settings);
    expect([code, stderr]).toEqual([1, expect.stringContaining(why)]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
