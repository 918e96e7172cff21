package org.pmf4j.api.error;

/** Whose turn it is when something fails. */
public enum ErrorKind {
  /** The call was wrong: an unknown option, name or combination of settings. */
  USAGE,
  /** A file, row, column or tensor that was handed in is missing, broken or does not fit. */
  INPUT,
  /** The machine said no: a full disk, a folder without write permission, a missing library. */
  ENVIRONMENT,
  /** The computation went wrong, for example a loss that is not a number. */
  COMPUTATION,
  /** It was asked to stop before its end: by a signal, an interrupt or the caller. */
  STOPPED
}
