package org.pmf4j.hub.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;
import org.pmf4j.api.error.PmfException;

/** A server that gave no answer, or not all of it. For one thread at a time. */
final class Unreached extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  private Unreached(String line, boolean passing, Throwable cause) {
    super(line, cause);
    this.passing = passing;
  }

  /** A connection that was not made, or was cut. */
  static Unreached because(URI address, Throwable cause) {
    String host = address.getHost();
    if (cause instanceof UnknownHostException || caused(cause, UnresolvedAddressException.class)) {
      return new Unreached(
          host + ": no server of that name is found; is this machine on the network?",
          false,
          cause);
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return new Unreached(
          host + ": does not answer; is this machine on the network?", true, cause);
    }
    if (cause instanceof ConnectException) {
      return new Unreached(
          host
              + ": no connection can be made; is this machine on the network, and https_proxy right?",
          false,
          cause);
    }
    if (cause instanceof SSLException) {
      return new Unreached(
          host
              + ": no secure connection can be made; if a proxy opens them, Java must trust its"
              + " certificate (JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE)",
          false,
          cause);
    }
    return cut(address, cause);
  }

  private static boolean caused(Throwable e, Class<? extends Throwable> kind) {
    return e != null && (kind.isInstance(e) || caused(e.getCause(), kind));
  }

  /** A connection that ended before the answer did. */
  static Unreached cut(URI address, Throwable cause) {
    boolean io = cause == null || cause instanceof IOException;
    return new Unreached(address.getHost() + ": the connection was cut", io, cause);
  }

  /** An answer, or the next part of one, that took too long. */
  static Unreached late(URI address, long seconds) {
    return new Unreached(address.getHost() + ": no answer for " + seconds + " seconds", true, null);
  }

  /** An answer that says that the server cannot serve now. */
  static Unreached unable(URI address, int status) {
    return new Unreached(address.getHost() + ": answers with error " + status, true, null);
  }

  /** True if another try may end better. */
  boolean mayPass() {
    return passing;
  }

  /** One line for the user. */
  String line() {
    return super.getMessage();
  }

  /** The same as what a user sees. */
  PmfException told(String advice) {
    return PmfException.environment(line() + advice, this);
  }
}
