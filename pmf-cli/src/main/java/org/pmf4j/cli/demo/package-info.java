/**
 * {@code pmf demo}: the whole story in two minutes. It makes a data set whose labels need both
 * modalities, makes an encoder for each, trains probes and PMF on them, and tells what came of it
 * in a table and a report. Everything goes through the same calls as the other commands.
 */
package org.pmf4j.cli.demo;
