package org.pmf4j.serve.jetty;

import java.io.IOException;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.serve.web.AccessLog;
import org.pmf4j.serve.web.Bounds;
import org.pmf4j.serve.web.Guard;
import org.pmf4j.serve.web.Problems;
import org.pmf4j.serve.web.Router;

/**
 * Listens at a port. A request is read and answered without a thread waiting for its client; a few
 * workers decode what was read. Several threads may use it at once.
 */
public final class HttpDoor implements AutoCloseable {
  private static final int THREADS = 16;
  private static final int LONGEST_HEADERS = 16 << 10;

  /**
   * Bytes a second: slower than the slowest network that is used, faster than who means to hold.
   */
  private static final int SLOWEST = 500;

  private final Server server;
  private final ServerConnector connector;
  private final ExecutorService workers;

  private HttpDoor(Server server, ServerConnector connector, ExecutorService workers) {
    this.server = server;
    this.connector = connector;
    this.workers = workers;
  }

  /**
   * Opens a port.
   *
   * @param port 0 for any that is free
   * @param waiting requests that may wait for a worker
   * @return what the caller closes
   * @throws PmfException if it cannot be had
   */
  public static HttpDoor open(
      String host,
      int port,
      Optional<Tls> tls,
      Bounds bounds,
      int waiting,
      Router router,
      Guard guard,
      Problems problems,
      AccessLog log) {
    Optional<SslContextFactory.Server> ssl = Tls.of(tls);
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("pmf-http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConnectionFactory http = new HttpConnectionFactory(configuration(bounds));
    ServerConnector connector =
        ssl.map(s -> new ServerConnector(server, 1, 1, factories(s, http)))
            .orElseGet(() -> new ServerConnector(server, 1, 1, http));
    connector.setHost(host);
    connector.setPort(port);
    connector.setIdleTimeout(bounds.idle().toMillis());
    connector.setShutdownIdleTimeout(1_000);
    connector.addBean(new RequestDeadline(connector.getScheduler(), bounds.idle()));
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(bounds.connections(), connector));
    ExecutorService workers = workers(waiting);
    GracefulHandler graceful =
        new GracefulHandler(
            new MinimumDataRateHandler(
                new Requests(router, guard, problems, log, bounds, workers), SLOWEST, 0));
    server.setHandler(graceful);
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(bounds.stop().toMillis());
    HttpDoor door = new HttpDoor(server, connector, workers);
    door.start(host, port);
    return door;
  }

  private static org.eclipse.jetty.server.ConnectionFactory[] factories(
      SslContextFactory.Server ssl, HttpConnectionFactory http) {
    return org.eclipse.jetty.server.AbstractConnectionFactory.getFactories(ssl, http);
  }

  private static HttpConfiguration configuration(Bounds bounds) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(LONGEST_HEADERS);
    http.setIdleTimeout(bounds.idle().toMillis());
    return http;
  }

  private static ExecutorService workers(int waiting) {
    int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(task, "pmf-worker");
              thread.setDaemon(true);
              return thread;
            });
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  private void start(String host, int port) {
    try {
      server.start();
    } catch (Exception e) {
      close();
      String place = host + ":" + port;
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw PmfException.environment(
            place
                + ": the port is taken, or the address is not this machine's; choose another"
                + " --port or --host",
            e);
      }
      if (e instanceof UnresolvedAddressException || e instanceof IOException) {
        throw PmfException.environment(place + ": cannot be listened at", e);
      }
      throw new IllegalStateException(e);
    }
  }

  /** The port that is listened at. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Accepts nothing any more, and ends once what was accepted is answered, or time is up. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      org.slf4j.LoggerFactory.getLogger(HttpDoor.class).warn("requests were cut off", e);
    } finally {
      workers.shutdown();
    }
  }
}
