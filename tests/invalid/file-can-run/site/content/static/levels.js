levels()
