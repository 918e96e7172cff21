package org.pmf4j.modalities.audio.decode;

import java.io.IOException;

/**
 * Audio that cannot be used; the message says why and what to do, and lacks only the file's name.
 */
public final class BadAudioException extends IOException {
  private static final long serialVersionUID = 1L;

  BadAudioException(String message) {
    super(message);
  }

  BadAudioException(String message, Throwable cause) {
    super(message, cause);
  }
}
