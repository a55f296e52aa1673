// An OpenID Connect provider on loopback for OpenIdConnectIT: node provider.mjs PORT RETURN_ADDRESS
import Provider from 'oidc-provider';
const [port, returnTo] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: 'tailwater', client_secret: 'secret-of-the-test', redirect_uris: [returnTo], grant_types: ['authorization_code'], response_types: ['code'] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  cookies: { keys: ['a-key-of-the-test'] },
  features: { devInteractions: { enabled: true } },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: id !== 'mallory' }) }),
});
provider.listen(Number(port), '127.0.0.1', () => console.log('listening'));
process.stdin.on('end', () => process.exit(0)).resume();
