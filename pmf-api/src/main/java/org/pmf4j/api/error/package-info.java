/**
 * The one exception that users are meant to see. It carries the kind of failure, so that a command
 * line can choose an exit code, and a message of one line: which file, row, column or tensor, what
 * is wrong with it and what to do. Programming mistakes against this API (bad shapes, use after
 * close) are {@link java.lang.IllegalArgumentException} and {@link java.lang.IllegalStateException}
 * instead. What messages repeat of the input goes through {@link org.pmf4j.api.error.Quote}.
 */
package org.pmf4j.api.error;
