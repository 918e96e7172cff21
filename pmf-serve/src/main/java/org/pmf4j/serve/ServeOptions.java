package org.pmf4j.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.pool.PoolOptions;
import org.pmf4j.serve.answer.InputLimits;
import org.pmf4j.serve.jetty.Tls;
import org.pmf4j.serve.model.ModelPlaces;
import org.pmf4j.serve.web.AccessLog;
import org.pmf4j.serve.web.Bounds;

/**
 * How models are served. Immutable, so that any number of threads may share it.
 *
 * @param models where they are
 * @param host name or address of this machine to listen at
 * @param port 0 for any that is free
 * @param token that whoever asks must send, if one is wanted
 * @param withoutToken true if another host than the loopback is meant to be open to all
 * @param tls for connections that nobody else reads
 * @param files a folder whose files requests may name
 * @param pool bounds of what is computed
 * @param bounds of connections
 * @param limits of values
 * @param log hears of every request
 */
public record ServeOptions(
    ModelPlaces models,
    String host,
    int port,
    Optional<String> token,
    boolean withoutToken,
    Optional<Tls> tls,
    Optional<Path> files,
    PoolOptions pool,
    Bounds bounds,
    InputLimits limits,
    AccessLog log) {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

  /**
   * What is usual: on the loopback alone, at port 8080, without a token.
   *
   * @param models where they are
   */
  public static ServeOptions of(ModelPlaces models) {
    return new ServeOptions(
        models,
        "127.0.0.1",
        8080,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        PoolOptions.standard(),
        Bounds.STANDARD,
        InputLimits.STANDARD,
        AccessLog.NONE);
  }

  /** The same with another port. */
  public ServeOptions withPort(int other) {
    return new ServeOptions(
        models, host, other, token, withoutToken, tls, files, pool, bounds, limits, log);
  }

  /** The same with another host. */
  public ServeOptions withHost(String other) {
    return new ServeOptions(
        models, other, port, token, withoutToken, tls, files, pool, bounds, limits, log);
  }

  /** The same with a token. */
  public ServeOptions withToken(Optional<String> other) {
    return new ServeOptions(
        models, host, port, other, withoutToken, tls, files, pool, bounds, limits, log);
  }

  /** The same with a folder whose files requests may name. */
  public ServeOptions withFiles(Optional<Path> other) {
    return new ServeOptions(
        models, host, port, token, withoutToken, tls, other, pool, bounds, limits, log);
  }

  /** The same with other bounds of what is computed. */
  public ServeOptions withPool(PoolOptions other) {
    return new ServeOptions(
        models, host, port, token, withoutToken, tls, files, other, bounds, limits, log);
  }

  /** The same with other bounds of connections. */
  public ServeOptions withBounds(Bounds other) {
    return new ServeOptions(
        models, host, port, token, withoutToken, tls, files, pool, other, limits, log);
  }

  /** The same with other bounds of values. */
  public ServeOptions withLimits(InputLimits other) {
    return new ServeOptions(
        models, host, port, token, withoutToken, tls, files, pool, bounds, other, log);
  }

  /** The same with TLS. */
  public ServeOptions withTls(Optional<Tls> other) {
    return new ServeOptions(
        models, host, port, token, withoutToken, other, files, pool, bounds, limits, log);
  }

  /** The same with another listener to requests. */
  public ServeOptions withLog(AccessLog other) {
    return new ServeOptions(
        models, host, port, token, withoutToken, tls, files, pool, bounds, limits, other);
  }

  /** True if it is to be reached from its own machine alone. */
  public boolean isLoopback() {
    return LOOPBACK.contains(host);
  }

  /**
   * Refuses to be open to a network without a token, unless that is asked for.
   *
   * @throws PmfException saying what to do
   */
  void requireSafe() {
    if (!isLoopback() && token.isEmpty() && !withoutToken) {
      throw PmfException.usage(
          "--host "
              + host
              + " lets others than this machine ask: give --token-file FILE, or say"
              + " --without-token");
    }
  }
}
