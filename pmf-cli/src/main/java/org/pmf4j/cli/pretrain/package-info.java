/** {@code pmf pretrain}: makes a small encoder from scratch. */
package org.pmf4j.cli.pretrain;
