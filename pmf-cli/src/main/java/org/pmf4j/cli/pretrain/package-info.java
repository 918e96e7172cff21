/** {@code pmf pretrain}: makes a small encoder from scratch, or trains one further. */
package org.pmf4j.cli.pretrain;
