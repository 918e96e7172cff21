package org.pmf4j.api.backend;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a backend says of itself.
 *
 * @param name the name it is chosen by, such as {@code djl}
 * @param engine the engine and its version, such as {@code PyTorch 2.7.1 (DJL 0.35.1)}
 * @param device the device in use, such as {@code cpu} or {@code cuda:0}
 * @param threads threads that one operation may use
 * @param capabilities what it declares
 */
public record BackendInfo(
    String name, String engine, String device, int threads, Set<Capability> capabilities) {
  /** Copies the set. */
  public BackendInfo {
    capabilities = Set.copyOf(capabilities);
  }

  /**
   * The same that can one thing more.
   *
   * @since API version 2
   */
  public BackendInfo with(Capability capability) {
    Set<Capability> all = EnumSet.of(capability);
    all.addAll(capabilities);
    return new BackendInfo(name, engine, device, threads, all);
  }

  /** True if the capability is declared. */
  public boolean can(Capability capability) {
    return capabilities.contains(capability);
  }
}
