/** {@code pmf encode}: runs one encoder alone and saves its hidden states. */
package org.pmf4j.cli.encode;
