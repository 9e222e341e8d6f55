/** What a browser refused, and sessions that are lost. */
import { hostsIn, troublesIn } from './troubles';
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
      /TOO_MANY_REDIRECTS|redirect(?:ed)?(?: back)? (?:loop|too many|again and again|to (?:the )?log-?in)|(?:sent|thrown|returned) back to (?:the )?(?:log-?in|sign-?in)|logged out|(?:cookie|session) (?:is |was |cookie )?(?:not set|missing|lost|rejected|blocked|expired|invalid)|has been rejected because|SameSite|CSRF cookie|invalid (?:session|cookie)/i,
    says: 'a session or a redirect is lost',
    about:
      /cookie|same_?site|secure|domain|session|redirect|ssl|https|forwarded|trust_?proxy|max_?age|expire|secret|csrf|http_?only|affinity|sticky/i,
    chiefly: /cookie|same_?site|session|redirect|affinity|sticky/i,
  },
];

export const browsers: ClueReader = (lines) => troublesIn(lines, TROUBLE, hostsIn);
