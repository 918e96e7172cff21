/** {@code pmf spark}: what starts the commands of a cluster, and knows nothing of Spark itself. */
package org.pmf4j.cli.spark;
