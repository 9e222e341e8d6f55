/** What a browser refused, and sessions that are lost. */
import { either } from '../../../base/patterns';
import { hostsIn, troublesIn } from './match-symptoms';
import type { ClueReader, Symptom } from './types';

const TROUBLE: readonly Symptom[] = [
  {
    pattern:
      /Content[ -]Security[ -]Policy|violates the following|X-Frame-Options|frame-ancestors|refused to (?:load|execute|frame|connect)|mixed content/i,
    says: 'a browser may not load something',
    about:
      /csp\b|content_?security|script_?src|style_?src|connect_?src|img_?src|font_?src|default_?src|frame|helmet|header|https?:|upgrade_?insecure|sandbox/i,
    chiefly: /csp\b|content_?security|\w+_?src\b|frame_?ancestors/i,
  },
  {
    pattern:
      /ChunkLoadError|Loading (?:CSS )?chunk|MIME type|integrity attribute|subresource integrity|ERR_CACHE|static (?:file|asset)s? .{0,40}(?:404|missing|not found)|stale (?:bundle|asset|build)/i,
    says: 'a part of a page is not found',
    about:
      /static|asset|public_?path|base_?path|base_?url|cdn|cache_?control|max_?age|immutable|hash|chunk|bundle|dist|build|mime|types|integrity|expires/i,
    chiefly: /static|asset|public_?path|cdn|cache_?control|mime|integrity/i,
  },
  {
    pattern:
      /TOO_MANY_REDIRECTS|redirect(?:ed|s|ion|ing)?(?: you| back)? (?:loop|too many|again and again)|(?:too many|exceeded .{0,20}|infinite |endless |circular )redirects?|redirects? (?:to|from) itself/i,
    says: 'a redirect leads back to itself',
    about:
      /redirect|forwarded|proto\b|(?:force|require|use)_?https|https_?(?:only|redirect)|ssl|scheme|rewrite|return 30\d|location|canonical|trailing|hsts|trust_?proxy|base_?url/i,
    chiefly: /redirect|forwarded|proto\b|https|ssl|scheme|rewrite|return 30\d|trust_?proxy/i,
  },
  {
    pattern:
      /X-Forwarded-(?:For|Host)|X-Real-IP|(?:same|one|single) (?:ip|address|client|bucket)\b|all (?:clients|users|requests) .{0,40}(?:same|one) (?:ip|address)|PROXY protocol|trust proxy|ERR_ERL_/i,
    says: 'all clients look like one',
    about: /trust_?proxy|forwarded|real_?ip|proxy_?protocol|externalTrafficPolicy|remote_?addr|client_?ip|xff|proxies/i,
    chiefly: /trust_?proxy|forwarded|real_?ip|proxy_?protocol|externalTrafficPolicy/i,
  },
  {
    pattern: either(
      /redirect(?:ed)?(?: back)? to (?:the )?log-?in/i,
      /(?:sent|thrown|returned) back to (?:the )?(?:log-?in|sign-?in)|logged out/i,
      /(?:cookie|session)\b.{0,30}\b(?:not set|missing|lost|absent|rejected|blocked|expired|invalid)/i,
      /\bno (?:session|cookie)|(?:log-?in|sign-?in) (?:page|form) again|has been rejected because|SameSite/i,
      /CSRF cookie|invalid (?:session|cookie)/i,
    ),
    says: 'a session is lost',
    about:
      /cookie|same_?site|secure|domain|session|redirect|ssl|https|forwarded|trust_?proxy|max_?age|expire|secret|csrf|http_?only|affinity|sticky/i,
    chiefly: /cookie|same_?site|session|redirect|affinity|sticky/i,
  },
];

export const browsers: ClueReader = (lines) => troublesIn(lines, TROUBLE, hostsIn);
