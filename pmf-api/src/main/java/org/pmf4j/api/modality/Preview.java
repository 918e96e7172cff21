package org.pmf4j.api.modality;

/**
 * What a person sees or hears of a value on a page: small, and in a format that browsers know.
 * Immutable, so that any number of threads may share it.
 *
 * @since API version 2
 */
public sealed interface Preview {
  /**
   * A picture, best of at most 256 pixels a side.
   *
   * @param mediaType such as {@code image/png}
   * @param bytes in that format; not copied, must not change
   */
  record Picture(String mediaType, byte[] bytes) implements Preview {}

  /**
   * A sound, best of at most some seconds.
   *
   * @param mediaType such as {@code audio/wav}
   * @param bytes in that format; not copied, must not change
   * @param seconds how long it is; it may be the beginning of a longer one
   * @param whole whether it is all of the value's sound
   */
  record Sound(String mediaType, byte[] bytes, double seconds, boolean whole) implements Preview {}
}
