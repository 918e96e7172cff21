package org.pmf4j.core.pool;

import java.util.concurrent.CountDownLatch;

/**
 * Holds batches.
 *
 * @param began is counted down where one begins
 * @param goOn is what each waits for
 */
record HoldingListener(CountDownLatch began, CountDownLatch goOn) implements PoolListener {
  @Override
  public void batch(int records) {
    began.countDown();
    try {
      goOn.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
