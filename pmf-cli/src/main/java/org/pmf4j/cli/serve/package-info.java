/** {@code pmf serve}. */
package org.pmf4j.cli.serve;
