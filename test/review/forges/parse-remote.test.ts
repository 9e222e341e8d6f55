import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ReviewError } from '../../../src/review/forges';
import { parseRemote } from '../../../src/review/forges/parse-remote';

const web = (address: string): string => parseRemote(address).webUrl;

function refuses(address: string): ReviewError {
  try {
    parseRemote(address, 'origin');
  } catch (error) {
    assert.ok(error instanceof ReviewError, String(error));
    assert.equal(error.reason, 'not-a-web-address');
    assert.match(error.message, /^Remote origin .*git remote set-url/);
    return error;
  }
  return assert.fail(`taken for a web address: ${address}`);
}

describe('parseRemote', () => {
  for (const [address, expected] of Object.entries({
    'https://github.com/acme/shop.git': 'https://github.com/acme/shop',
    'https://github.com/acme/shop/': 'https://github.com/acme/shop',
    'HTTPS://GitHub.com/Acme/Shop': 'https://github.com/Acme/Shop',
    'http://git.example.com:3000/acme/shop.git': 'http://git.example.com:3000/acme/shop',
    'https://git.example.com:8443/acme/shop': 'https://git.example.com:8443/acme/shop',
    'git@github.com:acme/shop.git': 'https://github.com/acme/shop',
    'github.com:acme/shop': 'https://github.com/acme/shop',
    'git@github.com:/acme/shop.git': 'https://github.com/acme/shop',
    'ssh://git@github.com/acme/shop.git': 'https://github.com/acme/shop',
    'ssh://git@git.example.com:2222/acme/shop.git': 'https://git.example.com/acme/shop',
    'git+ssh://git@git.example.com/acme/shop.git': 'https://git.example.com/acme/shop',
    'git://git.example.com:9418/acme/shop.git': 'https://git.example.com/acme/shop',
    'ssh://git@ssh.github.com:443/acme/shop.git': 'https://github.com/acme/shop',
    'git@github-work:acme/shop.git': 'https://github.com/acme/shop',
    'git@gitlab:acme/shop.git': 'https://gitlab/acme/shop',
    'git@gitlab.example.com:group/sub/group/shop.git': 'https://gitlab.example.com/group/sub/group/shop',
    'https://example.com/a/../group/shop.git': 'https://example.com/group/shop',
    'https://dev.azure.com/acme/My%20Shop/_git/My%20Shop': 'https://dev.azure.com/acme/My%20Shop/_git/My%20Shop',
    'https://b\u00fccher.example/acme/shop': 'https://xn--bcher-kva.example/acme/shop',
    'https://github.com/acme/shop?tab=#x': 'https://github.com/acme/shop%3Ftab%3D%23x',
    'git@github.com:acme/50%off.git': 'https://github.com/acme/50%25off',
    'git@[2001:db8::1]:acme/shop.git': 'https://[2001:db8::1]/acme/shop',
  })) {
    it(`finds ${expected} for ${address}`, () => {
      assert.equal(web(address), expected);
      assert.equal(new URL(web(address)).href, expected);
    });
  }

  it('gives host, path and origin beside the page', () => {
    assert.deepEqual(parseRemote('https://git.example.com:8443/group/sub/My%20Shop.git'), {
      host: 'git.example.com',
      path: 'group/sub/My Shop',
      origin: 'https://git.example.com:8443',
      webUrl: 'https://git.example.com:8443/group/sub/My%20Shop',
    });
  });

  it('drops user and password from the page and from errors', () => {
    assert.equal(web('https://jo:s3cret@github.com/acme/shop.git'), 'https://github.com/acme/shop');
    assert.equal(web('https://ghp_s3cret@github.com/acme/shop.git'), 'https://github.com/acme/shop');
    assert.equal(web('ssh://jo:s3cret@git.example.com/acme/shop'), 'https://git.example.com/acme/shop');
    for (const bad of [
      'https://jo:s3cret@github.com/',
      'https://jo:s3cret@ho st/acme/shop',
      'ftp://jo:s3cret@example.com/a/b',
      'https://jo:s3cret@/a/b',
      'https://s3cret\u0007@x.com/a/b',
    ]) {
      assert.doesNotMatch(refuses(bad).message, /s3cret|jo/);
    }
  });

  for (const address of [
    '',
    '/srv/git/shop.git',
    '../shop',
    './a:b/c',
    'shop',
    'C:\\git\\shop',
    'C:/git/shop',
    'file:///srv/git/shop.git',
    'file://host/srv/git/shop.git',
    'javascript:alert(1)//a/b',
    'javascript://github.com/%0aalert(1)',
    'data:text/html,<script>/a/b',
    'vbscript:a/b',
    'ext::sh -c touch% /tmp/x',
    'ftp://example.com/a/b',
    'https://github.com',
    'https://github.com/shop',
    'git@github.com:shop.git',
    'https:///acme/shop',
    'https://github.com\\@evil.example/acme/shop',
    'https://git hub.com/acme/shop',
    'https://github.com/acme/sh\u001b[31mop',
    'https://github.com/acme/shop\nhttps://evil.example/a/b',
    'https://github.com/acme/%0d%0aSet-Cookie:x',
    'https://github.com/acme/a%2f..%2fb',
    'https://github.com/\u202Eacme/shop',
    `https://github.com/acme/${'x'.repeat(3_000)}`,
    'https://<script>/acme/shop',
    'git@-oProxyCommand=x y:acme/shop',
  ]) {
    it(`refuses ${JSON.stringify(address.slice(0, 60))}`, () => void refuses(address));
  }

  it('gives a web page or a ReviewError, for random addresses', () => {
    const bits = fc.constantFrom(
      'https://',
      'ssh://',
      'git@',
      'github.com',
      ':',
      '/',
      '@',
      'acme',
      'shop',
      '.git',
      '..',
      '%0a',
      '%2f',
      '\\',
      '\n',
      '\u202e',
      '?',
      '#',
      ' ',
      'pass',
      '[',
      ']',
      '~',
      '-',
      'javascript:',
      '\u00e9',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(bits, { maxLength: 12 }).map((parts) => parts.join('')),
          fc.webUrl({ withQueryParameters: true }),
          fc.string({ unit: 'binary' }),
        ),
        (address) => {
          try {
            const url = new URL(web(address));
            assert.match(url.protocol, /^https?:$/);
            assert.equal(url.username + url.password + url.search + url.hash, '');
            assert.equal(url.href, web(address));
          } catch (error) {
            assert.ok(error instanceof ReviewError, String(error));
          }
        },
      ),
    );
  });
});
