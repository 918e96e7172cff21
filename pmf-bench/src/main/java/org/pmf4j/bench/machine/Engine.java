package org.pmf4j.bench.machine;

import org.pmf4j.api.backend.BackendInfo;

/**
 * What computed.
 *
 * @param backend its name
 * @param engine the engine and its version
 * @param device that it ran on
 * @param threads that one operation may use
 */
public record Engine(String backend, String engine, String device, int threads) {
  /** The engine of a backend. */
  public static Engine of(BackendInfo info) {
    return new Engine(info.name(), info.engine(), info.device(), info.threads());
  }
}
