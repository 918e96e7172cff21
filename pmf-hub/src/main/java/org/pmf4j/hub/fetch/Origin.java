package org.pmf4j.hub.fetch;

import java.net.URI;
import java.util.Locale;

/**
 * Who a secret may be told: scheme, host and port of an address. Immutable, so that any number of
 * threads may share it.
 */
record Origin(String scheme, String host, int port) {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  static Origin of(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? HTTPS : HTTP;
    int port = address.getPort() < 0 ? usual : address.getPort();
    return new Origin(scheme, address.getHost().toLowerCase(Locale.ROOT), port);
  }

  boolean isSecure() {
    return scheme.equals("https");
  }
}
