/**
 * {@code pmf fetch}: encoders from the Hugging Face hub, the one command that goes to the network.
 */
package org.pmf4j.cli.fetch;
