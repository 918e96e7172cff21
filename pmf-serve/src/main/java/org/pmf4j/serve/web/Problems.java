package org.pmf4j.serve.web;

import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.pool.PoolBusyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem of what went wrong. Has no state that changes: any thread may call it. */
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private final FolderNames folders;

  /**
   * Makes problems that name no folder.
   *
   * @param folders takes them out of messages
   */
  public Problems(FolderNames folders) {
    this.folders = folders;
  }

  /** The problem that a failure is for who asked. */
  public Problem of(Throwable failure) {
    if (failure instanceof Problem known) {
      return known;
    }
    if (failure instanceof CompletionException || failure instanceof ExecutionException) {
      return of(failure.getCause());
    }
    if (failure instanceof PoolBusyException busy) {
      return Problem.busy(busy.getMessage(), busy.retryAfter());
    }
    if (failure instanceof NoSuchElementException missing) {
      return Problem.notFound(missing.getMessage());
    }
    if (failure instanceof TimeoutException || failure instanceof CancellationException) {
      return Problem.unavailable(
          "the answer took longer than a request may take", Duration.ofSeconds(1));
    }
    if (failure instanceof PmfException told) {
      return of(told);
    }
    if (failure instanceof IllegalStateException closed
        && String.valueOf(closed.getMessage()).endsWith("is closed")) {
      return Problem.unavailable("the server is stopping", Duration.ofSeconds(5));
    }
    if (failure instanceof OutOfMemoryError) {
      LOG.error("out of memory");
      return Problem.unavailable("out of memory; try again", Duration.ofSeconds(5));
    }
    LOG.error("a request failed", failure);
    return new Problem(500, "Internal error", "this is a bug; the server's log tells of it", null);
  }

  private Problem of(PmfException told) {
    String line = folders.hide(told.getMessage());
    return switch (told.kind()) {
      case USAGE, INPUT -> Problem.badRequest(line);
      case STOPPED -> Problem.unavailable("the server is stopping", Duration.ofSeconds(5));
      default -> {
        LOG.error("{}", told.getMessage());
        yield new Problem(500, "Internal error", line, null);
      }
    };
  }
}
