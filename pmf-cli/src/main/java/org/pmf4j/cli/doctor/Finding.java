package org.pmf4j.cli.doctor;

/**
 * Something that was looked at. Immutable, so that any number of threads may share it.
 *
 * @param subject what was looked at, such as {@code memory}
 * @param state how it is
 * @param found what was found
 * @param advice what to do; null where there is nothing to do
 */
record Finding(String subject, State state, String found, String advice) {

  /** How something is. */
  enum State {
    /** As it should be. */
    OK,
    /** It works, but slowly, or not for all. */
    SLOW,
    /** Something cannot be used. */
    MISSING
  }

  static Finding ok(String subject, String found) {
    return new Finding(subject, State.OK, found, null);
  }

  static Finding slow(String subject, String found, String advice) {
    return new Finding(subject, State.SLOW, found, advice);
  }

  static Finding missing(String subject, String found, String advice) {
    return new Finding(subject, State.MISSING, found, advice);
  }
}
