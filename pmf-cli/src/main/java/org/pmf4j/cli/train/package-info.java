/**
 * {@code pmf train}: trains a fused model from options or a configuration file, and tells what came
 * of it.
 */
package org.pmf4j.cli.train;
