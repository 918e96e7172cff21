package org.pmf4j.api.backend;

/**
 * Offered by a plugin: opens a backend. Making the factory itself must not load native code.
 * Implementations have no state that changes: several threads may use one at once.
 */
public interface BackendFactory {
  /** The name it is chosen by: lower-case letters, digits and hyphens. */
  String name();

  /** One line for listings: engine and version, without loading it. */
  String description();

  /**
   * Opens the backend. A second call in one process is allowed.
   *
   * @return a backend which the caller closes
   * @throws org.pmf4j.api.error.PmfException if the device is not there or native code cannot be
   *     loaded, saying what to do in one line; an unknown device's message names the known ones
   */
  Backend open(BackendOptions options);
}
