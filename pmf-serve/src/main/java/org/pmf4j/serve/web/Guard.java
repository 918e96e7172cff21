package org.pmf4j.serve.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides who may ask. A page of another origin may not, nor may one whose name was made to mean
 * this machine after it was loaded. Immutable, so that any number of threads may share it.
 *
 * @param token that is asked for, if one is
 * @param loopback true if the server is to be reached from its own machine alone
 */
public record Guard(Optional<String> token, boolean loopback) {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String BEARER = "bearer ";

  /**
   * Refuses who may not ask.
   *
   * @param headers by name in lower case
   * @throws Problem saying why
   */
  public void require(Route.Kind kind, Map<String, String> headers) {
    String host = headers.getOrDefault("host", "").toLowerCase(Locale.ROOT);
    if (loopback && !LOOPBACK.contains(withoutPort(host))) {
      throw Problem.forbidden("this server answers to localhost alone");
    }
    String origin = headers.get("origin");
    if (origin != null && !isOwn(origin.toLowerCase(Locale.ROOT), host)
        || "cross-site".equals(headers.get("sec-fetch-site"))
            && !"navigate".equals(headers.get("sec-fetch-mode"))) {
      throw Problem.forbidden("pages of other origins may not ask this server");
    }
    if (kind != Route.Kind.OPEN && token.isPresent() && !isToken(headers.get("authorization"))) {
      throw Problem.unauthorized();
    }
  }

  private static boolean isOwn(String origin, String host) {
    return origin.equals("http://" + host) || origin.equals("https://" + host);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
  }

  /** In a time that does not tell how much of it is right. */
  private boolean isToken(String given) {
    if (given == null || !given.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return false;
    }
    byte[] sent = given.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(sent, token.orElseThrow().getBytes(StandardCharsets.UTF_8));
  }
}
