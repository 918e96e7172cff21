/** The Java code held against PyTorch and Hugging Face transformers, on small recorded fixtures. */
package org.pmf4j.parity;
