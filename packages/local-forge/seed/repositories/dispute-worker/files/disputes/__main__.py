from disputes.worker import main

main()
