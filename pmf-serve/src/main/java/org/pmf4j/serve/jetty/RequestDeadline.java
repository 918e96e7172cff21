package org.pmf4j.serve.jetty;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no whole headers of a request come for long, however busily letters
 * do: a time of silence would never end those. Bodies have a rate of their own. Several threads may
 * use it at once.
 */
final class RequestDeadline implements Connection.Listener {
  private final Scheduler scheduler;
  private final Duration most;
  private final Map<Connection, Scheduler.Task> checks = new ConcurrentHashMap<>();

  /**
   * @param most from the last request, or from the connection's begin; twice that at the latest
   */
  RequestDeadline(Scheduler scheduler, Duration most) {
    this.scheduler = scheduler;
    this.most = most;
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof ConnectionMetaData) {
      watch(connection, connection.getMessagesIn());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Scheduler.Task check = checks.remove(connection);
    if (check != null) {
      check.cancel();
    }
  }

  private void watch(Connection connection, long requests) {
    checks.put(
        connection,
        scheduler.schedule(
            () -> check(connection, requests), most.toMillis(), TimeUnit.MILLISECONDS));
    if (!connection.getEndPoint().isOpen()) {
      onClosed(connection);
    }
  }

  private void check(Connection connection, long before) {
    long requests = connection.getMessagesIn();
    boolean answering = connection.getMessagesOut() < requests;
    if (requests == before && !answering) {
      connection.getEndPoint().close();
    } else {
      watch(connection, requests);
    }
  }
}
